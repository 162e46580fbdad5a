"""Starts ministack: python -m ministack_server, with the settings of ministack in the environment."""
import ministack.app

from . import custom_resource_events, function_error_traces, role_permissions

custom_resource_events.install()
function_error_traces.install()
role_permissions.install()
ministack.app.main()
