"""What a page shows beside what its address answers as JSON: which questions it asks, and which
template has the answers. How they look is in web/.
"""
