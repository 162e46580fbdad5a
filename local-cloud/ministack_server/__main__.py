"""Starts ministack: python -m ministack_server, with the settings of ministack in the environment."""
import ministack.app

from . import custom_resource_events, role_permissions, sagemaker_events, sagemaker_resources, schedules, state_machines

for extension in (custom_resource_events, role_permissions, sagemaker_events, sagemaker_resources, schedules, state_machines):
    extension.install()
ministack.app.main()
