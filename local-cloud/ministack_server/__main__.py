"""Starts ministack: python -m ministack_server, with the settings of ministack in the environment."""
import ministack.app

from . import custom_resource_events, function_error_traces

custom_resource_events.install()
function_error_traces.install()
ministack.app.main()
