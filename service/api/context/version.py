"""The version of this service, as it was installed."""

from importlib.metadata import version

VERSION = version("onrecord")
