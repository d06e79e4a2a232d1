# %% [markdown]
# # First steps
# The model is an ordinary Mesa model: it steps, its agents can be looked at, and its `DataCollector` keeps a row a
# month. This file is a notebook in percent format: Jupyter with jupytext opens it, and Python runs it as it is.

# %%
from pathlib import Path

from sim import MigrationModel, load_scenario

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
baseline = load_scenario(SCENARIOS / "baseline.yaml", ["end=2001-12"])

# %% [markdown]
# Twenty times coarser than by default, so that a year takes seconds.

# %%
model = MigrationModel(baseline, scale=20)
while model.state.t < 12:
    model.step()
print(model)
print(model.datacollector.get_model_vars_dataframe().tail(3))

# %% [markdown]
# States, employers and brokers are Mesa agents.

# %%
russia = next(state for state in model.states if state.code == "RUS")
print(russia.foreigners)
print(russia.limits)

# %%
largest = max(model.employers, key=lambda employer: employer.posts)
print(largest.place, largest.sector, largest.posts, "posts,", largest.staff, "filled under contract")

# %% [markdown]
# All that is recorded is one tidy table.

# %%
table = model.series.table().to_pandas()
workers = table[(table["measure"] == "permits_in_force") & (table["nationality"] == "PRK")]
print(workers.groupby("date", observed=True)["value"].sum().tail(3))
