"""Starts ministack: python -m ministack_server, with the settings of ministack in the environment."""
import ministack.app

from . import custom_resource_events, role_permissions

for extension in (custom_resource_events, role_permissions):
    extension.install()
ministack.app.main()
