"""The settings file."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from birchtree_gui.settings import Settings, SettingsStore, read, write

texts = st.text(max_size=20)


@given(texts, st.lists(texts, max_size=4), st.sampled_from(["system", "light", "dark"]))
def test_what_is_written_is_read(author: str, recent: list[str], theme: str) -> None:
    settings = replace(Settings(), author=author, recent=tuple(recent), theme=theme)
    assert read(write(settings)) == settings


def test_only_changes_are_written() -> None:
    assert write(Settings()).strip() == ""
    assert write(replace(Settings(), theme="dark")) == 'theme = "dark"\n'


def test_unknown_and_wrong_values_are_left_out() -> None:
    assert read('theme = "pink"\nauthor = 3\nrecent = [1]\nfuture = true\n') == Settings()
    assert read("this is not TOML [") == Settings()


def test_changes_survive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    SettingsStore(path).change(lambda settings: settings.with_recent(Path("/plots/a.birch.gpkg")))
    assert SettingsStore(path).value.recent == ("/plots/a.birch.gpkg",)


def test_recent_plots_are_unique_and_few() -> None:
    settings = Settings()
    for number in range(20):
        settings = settings.with_recent(Path(f"/p/{number % 15}.birch.gpkg"))
    assert settings.recent[0] == "/p/4.birch.gpkg"
    assert len(settings.recent) == len(set(settings.recent)) == 12


def test_a_read_only_folder_is_no_obstacle(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "missing" / "settings.toml")
    store.change(lambda settings: replace(settings, author="Ada"))
    assert store.value.by == "Ada"
