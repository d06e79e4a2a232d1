"""neamig schema: what a scenario file may say, for editors."""

import json


def schema() -> None:
    """Print the JSON schema of scenario files."""
    from sim.scenario import scenario_json_schema

    print(json.dumps(scenario_json_schema(), indent=2, ensure_ascii=False))
