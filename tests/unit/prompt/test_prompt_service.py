"""Clicking on a real little plot through real graphs: what comes out, what the encoder is spared."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely
from click_plots import EAST, LONE, NO_ASSISTS, WEST, at, box_at, session_of, write_black_half, write_click_plot
from factories_disc_model import GSD_M, IOU, RADIUS_M, write_disc_model

from inference import paths
from inference.errors import Cancelled, InputError, ModelError
from inference.jobs import CancelToken
from inference.models.store import ModelStore
from inference.plot.plot import Plot, PlotSources
from inference.prompt.base import Prompt
from inference.prompt.canopy import Assists
from inference.prompt.service import PromptSession, open_prompt_session

GO = CancelToken()


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> PlotSources:
    return write_click_plot(tmp_path_factory.mktemp("clicks"))


@pytest.fixture(scope="module")
def plot(sources: PlotSources) -> Iterator[Plot]:
    with Plot.open(sources) as opened:
        yield opened


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ModelStore:
    return write_disc_model(tmp_path_factory.mktemp("models"))


@pytest.fixture
def session(plot: Plot, store: ModelStore, tmp_path: Path) -> Iterator[PromptSession]:
    opened = session_of(plot, store, tmp_path / "cache")
    yield opened
    opened.close()


def disc(x_m: float, y_m: float, radius_m: float) -> shapely.Polygon:
    return shapely.Point(at(x_m, y_m)).buffer(radius_m, 64)


def iou(one: shapely.Polygon, other: shapely.Polygon) -> float:
    return one.intersection(other).area / one.union(other).area


def test_a_click_outlines_a_disc_where_it_was(session: PromptSession) -> None:
    result = session.propose(Prompt().including(at(20.0, 30.0)), GO)
    assert result is not None
    # A single click: of the three masks the one of which the model expects most, one and a half radii wide.
    assert result.score == pytest.approx(max(IOU[1:]))
    assert iou(result.outline, disc(20.0, 30.0, 1.5 * RADIUS_M)) > 0.98
    assert result.outline.is_valid
    assert shapely.is_ccw(result.outline.exterior)
    assert result.gsd_m == pytest.approx(GSD_M)


def test_the_other_masks_are_alternatives(session: PromptSession) -> None:
    result = session.propose(Prompt().including(at(20.0, 30.0)), GO)
    assert result is not None
    assert [one.score for one in result.alternatives] == pytest.approx([IOU[3], IOU[1]])
    areas = [one.outline.area for one in result.alternatives]
    assert areas[0] > result.outline.area > areas[1]


def test_with_more_said_the_single_mask_comes_first(session: PromptSession) -> None:
    prompt = Prompt().including(at(20.0, 30.0)).including(at(21.0, 30.0))
    result = session.propose(prompt, GO)
    assert result is not None
    assert result.score == pytest.approx(IOU[0])
    assert len(result.alternatives) == 3


def test_an_exclude_point_takes_its_side_away(session: PromptSession) -> None:
    prompt = Prompt().including(at(20.0, 30.0)).excluding(at(22.5, 30.0))
    result = session.propose(prompt, GO)
    assert result is not None
    assert not result.outline.contains(shapely.Point(at(22.5, 30.0)))
    assert result.outline.contains(shapely.Point(at(19.0, 30.0)))


def test_a_box_outlines_what_is_in_it(session: PromptSession) -> None:
    result = session.propose(Prompt().boxed(box_at(25.0, 36.0, 19.0, 31.0)), GO)
    assert result is not None
    assert iou(result.outline, shapely.box(*box_at(19.0, 31.0, 25.0, 36.0))) > 0.95


def test_a_prompt_is_a_value_whatever_its_numbers_came_as(session: PromptSession) -> None:
    plain = Prompt().including(at(20.0, 30.0)).boxed(box_at(19.0, 31.0, 25.0, 36.0))
    arrays = Prompt().including(np.array(at(20.0, 30.0))).boxed(np.array(box_at(25.0, 36.0, 19.0, 31.0)).tolist())
    assert plain == arrays
    assert hash(plain) == hash(arrays)
    assert plain.without_last().without_last() == Prompt() == Prompt().without_last()
    assert session.propose(arrays, GO) is not None


def test_prompts_that_say_nothing_have_no_answer(session: PromptSession) -> None:
    assert session.propose(Prompt(), GO) is None
    assert session.propose(Prompt().excluding(at(20.0, 30.0)), GO) is None
    assert session.figures.encoder_runs == 0


def test_marks_too_far_apart_are_refused_in_words(session: PromptSession) -> None:
    with pytest.raises(InputError, match="further apart"):
        session.propose(Prompt().including(at(-500.0, 3.0)).including(at(500.0, 50.0)), GO)


def test_backspace_gives_the_earlier_answer_without_asking_again(session: PromptSession) -> None:
    first = Prompt().including(at(20.0, 30.0))
    before = session.propose(first, GO)
    second = first.including(at(23.0, 30.0))
    session.propose(second, GO)
    runs = session.figures.prompt_runs
    after = session.propose(second.without_last(), GO)
    assert before is not None
    assert after is not None
    assert after.outline.equals(before.outline)
    assert session.figures.prompt_runs == runs


def test_the_answer_is_a_function_of_the_prompt_alone(plot: Plot, store: ModelStore, tmp_path: Path) -> None:
    """Whoever sends all marks at once gets what step by step gives: the earlier mask is part of the question."""
    prompt = Prompt().including(at(20.0, 30.0)).including(at(25.0, 30.0)).excluding(at(17.5, 30.0))
    stepwise = session_of(plot, store, tmp_path / "one")
    for count in (1, 2, 3):
        answer = stepwise.propose(Prompt(prompt.marks[:count]), GO)
    at_once = session_of(plot, store, tmp_path / "two").propose(prompt, GO)
    assert answer is not None
    assert at_once is not None
    assert answer.outline.equals(at_once.outline)


def test_hovering_shows_what_a_click_will_give_and_the_click_costs_nothing(session: PromptSession) -> None:
    session.embed_for(at(20.0, 30.0), GSD_M, GO)
    ghost = session.hover(at(20.0, 30.0), GO)
    runs = session.figures.prompt_runs
    result = session.propose(Prompt().including(at(20.0, 30.0)), GO)
    assert ghost is not None
    assert result is not None
    assert runs == session.figures.prompt_runs == 1
    assert iou(ghost, result.outline) > 0.95
    assert len(ghost.exterior.coords) <= len(result.outline.exterior.coords)


def test_hovering_never_starts_the_encoder(session: PromptSession) -> None:
    assert session.hover(at(20.0, 30.0), GO) is None
    assert session.figures.encoder_runs == 0


def test_a_second_visit_runs_no_encoder(plot: Plot, store: ModelStore, tmp_path: Path) -> None:
    places = [at(x, y) for x in (6.0, 18.0, 33.0, 50.0) for y in (9.0, 41.0)]
    first = session_of(plot, store, tmp_path / "cache")
    before = [first.propose(Prompt().including(place), GO) for place in places]
    assert first.figures.encoder_runs >= 4
    first.close()
    second = session_of(plot, store, tmp_path / "cache")
    assert all(second.ready_for(place) for place in places)
    after = [second.propose(Prompt().including(place), GO) for place in places]
    assert second.figures.encoder_runs == 0
    assert second.figures.from_disk >= 4
    for one, other in zip(before, after, strict=True):
        assert one is not None
        assert other is not None
        assert iou(one.outline, other.outline) > 0.999


def test_another_model_or_another_picture_is_embedded_anew(
    sources: PlotSources, store: ModelStore, tmp_path: Path
) -> None:
    folder = tmp_path / "copy"
    copied = write_click_plot(folder)
    other = write_disc_model(tmp_path, "others", gsd_m=GSD_M, settings={"fill_rgb": [9.0, 9.0, 9.0]})
    with Plot.open(sources) as plot, Plot.open(copied) as elsewhere:
        session_of(plot, store, tmp_path / "cache").embed_for(at(20.0, 30.0), GSD_M, GO)
        assert session_of(plot, store, tmp_path / "cache").ready_for(at(20.0, 30.0))
        assert not session_of(elsewhere, store, tmp_path / "cache").ready_for(at(20.0, 30.0))
        assert not session_of(plot, other, tmp_path / "cache", model_id="others").ready_for(at(20.0, 30.0))


def test_a_damaged_embedding_is_made_again(plot: Plot, store: ModelStore, tmp_path: Path) -> None:
    session_of(plot, store, tmp_path / "cache").embed_for(at(20.0, 30.0), GSD_M, GO)
    (file,) = (tmp_path / "cache").glob("*/*.emb")
    file.write_bytes(file.read_bytes()[:-7])
    again = session_of(plot, store, tmp_path / "cache")
    assert again.propose(Prompt().including(at(20.0, 30.0)), GO) is not None
    assert again.figures.encoder_runs == 1


def test_the_view_is_embedded_ahead_and_then_everything_in_it_is_ready(session: PromptSession) -> None:
    session.set_view(box_at(5.0, 5.0, 55.0, 50.0), GSD_M)
    while session.embed_next(GO):
        pass
    runs = session.figures.encoder_runs
    assert 2 <= runs <= 9
    for x in np.linspace(5.0, 55.0, 11):
        for y in np.linspace(5.0, 50.0, 10):
            assert session.ready_for(at(float(x), float(y)))
            assert session.propose(Prompt().including(at(float(x), float(y))), GO) is not None
    assert session.figures.encoder_runs == runs
    assert session.pending() == []


def test_a_view_that_moves_a_little_needs_little(session: PromptSession) -> None:
    session.set_view(box_at(10.0, 10.0, 30.0, 30.0), GSD_M)
    while session.embed_next(GO):
        pass
    session.set_view(box_at(10.5, 10.0, 30.5, 30.0), GSD_M)
    assert session.pending() == []


def test_a_view_beside_the_plot_needs_nothing(session: PromptSession) -> None:
    session.set_view(box_at(500.0, 10.0, 530.0, 30.0), GSD_M)
    assert not session.embed_next(GO)


def test_a_view_of_the_whole_country_embeds_nothing_ahead(session: PromptSession) -> None:
    session.set_view(box_at(0.0, 0.0, 60.0, 60.0), 100 * GSD_M)
    assert not session.embed_next(GO)


def test_coming_back_to_a_view_fetches_it_before_the_first_click(plot: Plot, store: ModelStore, tmp_path: Path) -> None:
    view = box_at(10.0, 10.0, 40.0, 40.0)
    first = session_of(plot, store, tmp_path / "cache")
    first.set_view(view, GSD_M)
    while first.embed_next(GO):
        pass
    again = session_of(plot, store, tmp_path / "cache")
    again.set_view(view, GSD_M)
    while again.embed_next(GO):
        pass
    fetched = again.figures.from_disk
    assert fetched == first.figures.encoder_runs
    for x in (12.0, 25.0, 38.0):
        assert again.propose(Prompt().including(at(x, 30.0)), GO) is not None
    assert again.figures.from_disk == fetched
    assert again.figures.encoder_runs == 0


def test_the_view_decides_on_the_cell_size(session: PromptSession) -> None:
    session.set_view(box_at(0.0, 0.0, 60.0, 60.0), 2 * GSD_M)
    result = session.propose(Prompt().including(at(20.0, 30.0)), GO)
    assert result is not None
    assert result.gsd_m == pytest.approx(2 * GSD_M)


def test_a_crown_in_work_keeps_its_window_when_the_view_changes(session: PromptSession) -> None:
    prompt = Prompt().including(at(20.0, 30.0))
    session.propose(prompt, GO)
    session.embed_for(at(20.0, 30.0), 2 * GSD_M, GO)
    session.set_view(box_at(0.0, 0.0, 60.0, 60.0), 2 * GSD_M)
    result = session.propose(prompt.including(at(21.0, 30.0)), GO)
    assert result is not None
    assert result.gsd_m == pytest.approx(GSD_M)


def test_where_the_mosaic_ends_the_crown_ends(store: ModelStore, tmp_path: Path) -> None:
    with Plot.open(PlotSources(write_black_half(tmp_path / "half.tif"))) as plot:
        result = session_of(plot, store, tmp_path / "cache").propose(Prompt().including(at(31.0, 30.0)), GO)
    assert result is not None
    assert result.outline.bounds[0] > at(29.0, 0.0)[0]


def test_nothing_stands_on_nodata(store: ModelStore, tmp_path: Path) -> None:
    with Plot.open(PlotSources(write_black_half(tmp_path / "half.tif"))) as plot:
        assert session_of(plot, store, tmp_path / "cache").propose(Prompt().including(at(10.0, 30.0)), GO) is None


def test_elevation_ends_a_mask_at_the_valley_and_the_ground(plot: Plot, store: ModelStore, tmp_path: Path) -> None:
    session = session_of(plot, store, tmp_path / "cache", assists=Assists())
    result = session.propose(Prompt().including(at(WEST.x_m, WEST.y_m)), GO)
    assert result is not None
    assert set(result.assists) == {"valley", "ground"}
    assert result.outline.bounds[2] < at(EAST.x_m - 1.2, 0.0)[0]
    crown = disc(WEST.x_m, WEST.y_m, WEST.radius_m)
    assert iou(result.outline, crown) > 0.8
    session.set_assists(NO_ASSISTS)
    wide = session.propose(Prompt().including(at(WEST.x_m, WEST.y_m)), GO)
    assert wide is not None
    assert wide.assists == ()
    assert wide.outline.area > 1.5 * result.outline.area


def test_a_click_on_a_branch_gets_the_treetop_with_it(plot: Plot, store: ModelStore, tmp_path: Path) -> None:
    session = session_of(plot, store, tmp_path / "cache", assists=Assists(valleys=False, ground=False))
    result = session.propose(Prompt().including(at(LONE.x_m + 2.0, LONE.y_m)), GO)
    assert result is not None
    assert result.assists == ("treetop",)
    both = shapely.union(disc(LONE.x_m, LONE.y_m, RADIUS_M), disc(LONE.x_m + 2.0, LONE.y_m, RADIUS_M))
    assert iou(result.outline, both) > 0.9
    alone = disc(LONE.x_m + 2.0, LONE.y_m, RADIUS_M)
    assert iou(result.outline, alone) < 0.75


def test_refining_changes_only_what_was_clicked(session: PromptSession) -> None:
    crown = shapely.box(*box_at(16.0, 26.0, 22.0, 34.0))
    result = session.propose(Prompt(outline=crown).including(at(23.0, 30.0)), GO)
    assert result is not None
    assert result.outline.contains(shapely.Point(at(23.0, 30.0)))
    assert result.outline.covers(crown)
    kept = shapely.intersection(result.outline.boundary, crown.boundary)
    assert kept.length > 0.7 * crown.boundary.length


def test_refining_takes_away_where_a_click_says_so(session: PromptSession) -> None:
    crown = shapely.box(*box_at(18.0, 28.0, 24.0, 32.0))
    result = session.propose(Prompt(outline=crown).excluding(at(23.0, 30.0)), GO)
    assert result is not None
    assert not result.outline.contains(shapely.Point(at(23.0, 30.0)))
    assert crown.covers(result.outline)
    assert result.outline.contains(shapely.Point(at(19.0, 30.0)))


def test_protected_neighbours_keep_their_ground(session: PromptSession) -> None:
    neighbour = shapely.box(*box_at(21.0, 20.0, 30.0, 40.0))
    free = session.propose(Prompt().including(at(20.0, 30.0)), GO)
    held = session.propose(Prompt(protected=(neighbour,)).including(at(20.0, 30.0)), GO)
    assert free is not None
    assert held is not None
    assert "trimmed" in held.assists
    assert held.outline.intersection(neighbour).area < 1e-6
    assert held.outline.area < free.outline.area
    swallowed = Prompt(protected=(shapely.box(*box_at(0.0, 0.0, 60.0, 60.0)),)).including(at(20.0, 30.0))
    assert session.propose(swallowed, GO) is None


def test_a_model_that_reads_elevation_gets_it(plot: Plot, tmp_path: Path) -> None:
    store = write_disc_model(tmp_path, "heights", with_elevation=True, family="balsam2")
    session = session_of(plot, store, tmp_path / "cache", model_id="heights")
    result = session.propose(Prompt().including(at(LONE.x_m, LONE.y_m)), GO)
    assert result is not None
    embedding = session._embedder.get(session._window_for(Prompt().including(at(LONE.x_m, LONE.y_m))), GO)
    flat_rgb = 255.0
    assert embedding.arrays["embedding"].max() < flat_rgb
    assert set(embedding.arrays) == {"embedding"}


def test_a_plot_without_elevation_feeds_an_optional_input_with_nothing(store: ModelStore, tmp_path: Path) -> None:
    heights = write_disc_model(tmp_path, "heights", with_elevation=True, family="balsam2")
    bare = write_click_plot(tmp_path / "bare", elevation=False)
    with Plot.open(bare) as plot:
        session = session_of(plot, heights, tmp_path / "cache", model_id="heights", assists=Assists())
        assert session.propose(Prompt().including(at(20.0, 30.0)), GO) is not None


def test_a_model_that_needs_elevation_says_so_on_a_plot_without(tmp_path: Path) -> None:
    store = write_disc_model(tmp_path, "heights", with_elevation=True, needs_dsm=True)
    with (
        Plot.open(write_click_plot(tmp_path / "bare", elevation=False)) as plot,
        pytest.raises(ModelError, match="surface model"),
    ):
        open_prompt_session(plot, "heights", store)


def test_opening_by_name_keeps_embeddings_in_our_cache(plot: Plot, store: ModelStore) -> None:
    session = open_prompt_session(plot, "discs", store, assists=NO_ASSISTS, threads=1)
    session.embed_for(at(20.0, 30.0), GSD_M, GO)
    assert len(list((paths.cache_dir() / "embeddings").glob("*/*.emb"))) == 1
    session.close()
    with pytest.raises(ModelError, match="no model nosuch"):
        open_prompt_session(plot, "nosuch", store)


def test_cancelling_stops_before_the_encoder(session: PromptSession) -> None:
    stopped = CancelToken()
    stopped.cancel()
    with pytest.raises(Cancelled):
        session.propose(Prompt().including(at(20.0, 30.0)), stopped)
    assert session.figures.encoder_runs == 0


def test_two_threads_asking_for_one_window_embed_it_once(session: PromptSession) -> None:
    start = threading.Barrier(2)

    def visit() -> None:
        start.wait()
        session.embed_for(at(20.0, 30.0), GSD_M, CancelToken())

    threads = [threading.Thread(target=visit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert session.figures.encoder_runs == 1


def test_without_a_terrain_model_the_ground_is_estimated(store: ModelStore, tmp_path: Path) -> None:
    with Plot.open(write_click_plot(tmp_path / "plot", dtm=False)) as plot:
        session = session_of(plot, store, tmp_path / "cache", assists=Assists())
        result = session.propose(Prompt().including(at(LONE.x_m, LONE.y_m)), GO)
    assert result is not None
    assert "ground" in result.assists
