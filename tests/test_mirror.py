"""The tests mirror the package: a file per module in the same place, or the file that holds it, and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from places import ROOT

PACKAGE, TESTS = ROOT / "weltoffen_eval", ROOT / "tests"
#: Modules without a file of their own: by reason, the module and where it is held.
ELSEWHERE = {
    "only what a person sees of it counts, so it is tested through the command": {
        "drafting/kobo_columns": "commands/test_new_kobo",
        "drafting/heads_above": "commands/test_new_heads",
        "drafting/field_levels": "commands/test_new_heads",
        "drafting/limesurvey_columns": "commands/test_new_limesurvey",
        "drafting/survey_beside": "commands/test_new_limesurvey",
        "commands/new_told": "commands/test_new",
        "drafting/parted_questions": "commands/test_new_parted",
        "raw/code_and_text": "commands/test_new_heads",
        "commands/analyse": "commands/test_check",
        "raw/office_files": "study/forms/test_returned",
        "publish/keeping/crate": "commands/test_archive",
        "publish/keeping/data_package": "commands/test_archive",
        "results/trace": "commands/test_trace",
        "results/twins": "commands/test_archive",
        "runs/archive": "commands/test_archive",
        "runs/difference": "commands/test_diff",
        "runs/verification": "commands/test_verify",
        "drafting/open_guesses": "commands/test_check_hints",
        "drafting/number_columns": "commands/test_new_numbers",
        "drafting/answer_order": "commands/test_new_numbers",
        "drafting/known_answers": "commands/test_new_numbers",
        "runs/rerun": "commands/test_verify",
        "runs/descriptions": "commands/test_verify",
        "runs/verdict": "commands/test_verify",
        "commands/calls": "commands/test_main",
        "commands/clean": "commands/test_check",
        "commands/instruments": "commands/test_commands",
        "publish/exporting/word_languages": "publish/exporting/test_spoken",
        "publish/exporting/group_lists": "commands/test_groups",
        "study/draw_files": "commands/test_groups",
        "study/invited": "commands/test_groups",
        "commands/form_pdf": "commands/test_form",
        "commands/form_workbooks": "commands/test_form",
        "commands/import_": "commands/test_form",
        "commands/listing": "commands/test_commands",
        "commands/own_data": "display/selfcheck/test_persons",
        "commands/options": "commands/test_main",
        "commands/run": "commands/test_commands",
        "commands/run_progress": "commands/test_commands",
        "commands/run_words": "commands/test_commands",
        "commands/schemes": "commands/test_commands",
        "commands/of_scheme/check": "commands/test_scheme",
        "commands/of_scheme/diff": "commands/test_scheme",
        **{
            f"drafting/{name}": "commands/test_new"
            for name in (
                "answer_scales",
                "column_roles",
                "draft",
                "first_rows",
                "item_names",
                "names",
                "kept_cells",
                "left_columns",
                "folder",
                "person_columns",
                "questionnaire_files",
            )
        },
        **{
            f"drafting/official_list/{name}": "commands/test_register"
            for name in ("choosing", "entries", "reading")
        },
        "commands/score": "commands/test_check",
        "commands/studies": "commands/test_commands",
        "publish/keeping/environment": "commands/test_run_again",
        "publish/keeping/origins": "runs/test_stale",
        "publish/running/cluster": "commands/test_cluster",
        "runs/inputs": "runs/test_stale",
        "runs/jobs": "commands/test_parts",
        "runs/listed_rows": "runs/test_stale",
        "runs/plan": "commands/test_parts",
        "runs/refusal": "commands/test_faulty_rows",
        "runs/reports": "commands/test_run_again",
        "runs/settings": "runs/test_without_a_command_line",
        "runs/summary": "commands/test_commands",
    },
    "only together do they read an export, of which the whole is held against the database": {
        **{
            f"study/limesurvey/{name}": "study/limesurvey/test_recognition"
            for name in ("asked_items", "cell_readings", "fixed_columns", "headings", "whose")
        },
        "study/limesurvey/code_tables": "study/limesurvey/test_round_trip",
        "study/limesurvey/exports": "study/limesurvey/test_reading",
        "study/limesurvey/spss_files": "study/limesurvey/test_reading",
        "study/limesurvey/lss_files": "study/limesurvey/test_structure_files",
        "study/limesurvey/structure": "study/limesurvey/test_structure_files",
        "study/limesurvey/structure_text": "study/limesurvey/test_structure_files",
        "study/limesurvey/survey_layout": "study/limesurvey/test_survey_file",
    },
    "only together do they make the scoring lab, whose session is tried as a person tries it": {
        **{
            f"results/lab/{name}": "results/lab/test_session"
            for name in ("answers", "bench", "readings", "scheme_text", "settings", "silence")
        },
        **{
            f"display/lab/{name}": "display/lab/test_state"
            for name in (
                "choosing",
                "controls",
                "live",
                "number_input",
                "number_row",
                "setting_words",
                "shown_lab",
                "state_figures",
                "told_line",
                "typed_numbers",
            )
        },
        "display/lab/form": "display/lab/test_keeping",
        "display/lab/key_keeper": "browser/test_lab_by_keys",
        "publish/running/jupyter_lab": "browser/test_scoring_lab",
    },
    "only together do they make a report, which is read as its reader does": {
        **{
            f"display/workshop/{name}": "display/workshop/test_report"
            for name in (
                "answer_figures",
                "answers",
                "certainty",
                "essentials",
                "fields",
                "figures",
                "questions",
            )
        },
        **{
            f"display/workshop/{name}": "display/workshop/test_report"
            for name in ("spoken", "taking_part", "telling")
        },
        **{
            f"display/forms/{name}": "display/forms/test_questionnaire"
            for name in ("answers_before", "asked", "field_pages", "first_page", "printed", "scales")
        },
        **{
            f"display/workshop_kit/{name}": "display/workshop_kit/test_report"
            for name in ("agenda", "cards", "sheets")
        },
        **{
            f"results/{name}": "results/test_workshop"
            for name in ("all_waves", "workshop_findings", "workshop_views")
        },
    },
    "it is a part of a file format, and is tested on files as people have them": {
        "results/scheme_model": "results/test_scheme_files",
        "raw/columns": "raw/test_files",
        "raw/header": "raw/test_csv_files",
        "raw/number_formats": "raw/test_xlsx_files",
        "study/records": "study/questionnaire/test_files",
        "raw/sav_extract": "raw/test_sav_files",
        "raw/sav_process": "raw/test_sav_files",
        "raw/sav_values": "raw/test_sav_files",
        "raw/table": "raw/test_csv_files",
        "raw/xlsx_elements": "raw/test_xlsx_files",
        "raw/xlsx_parts": "raw/test_xlsx_files",
        "raw/xlsx_rows": "raw/test_xlsx_files",
        "study/questionnaire/instrument": "study/questionnaire/test_files",
        "study/questionnaire/tables": "study/questionnaire/test_files",
        "study/responses/faulty_rows": "study/responses/test_healthy",
        "study/responses/labelled_values": "raw/test_sav_files",
        "study/responses/respondents": "study/responses/test_sheets",
        "study/responses/table": "study/responses/test_sheets",
    },
    "it is a model of what people write, and is tested on what they write": {
        "study/brand": "study/test_declared_keys",
        "study/brand_table": "study/test_declared_keys",
        "study/correction_records": "study/test_corrections",
        "study/declared_records": "study/questionnaire/test_files",
        "study/file_tables": "study/test_listed_files",
        "study/file_words": "study/test_listed_files",
        "study/received": "study/test_declared_keys",
        "study/register_records": "study/test_register",
        "study/asked_files": "commands/test_form",
        "commands/form_sheets": "study/kinds/test_returned_sheets",
        "commands/form_minutes": "study/forms/test_minutes",
        "publish/exporting/fill_in_document": "study/forms/test_minutes",
        "display/forms/sheets": "study/kinds/test_returned_sheets",
        "study/opened_forms": "study/kinds/test_returned_sheets",
        "study/forms/sheet_heads": "study/kinds/test_returned_sheets",
        "study/kinds/arriving_sheets": "study/kinds/test_returned_sheets",
        "display/forms/feedback": "commands/test_form_corrections",
        "study/forms/feedback": "commands/test_form_corrections",
        "study/responses/placed_answers": "commands/test_form_corrections",
        "study/responses/returned_feedback": "commands/test_form_corrections",
        "study/responses/feedback_rows": "commands/test_form_corrections",
        "study/responses/form_questions": "study/responses/test_returned_forms",
        "study/forms/folders": "study/responses/test_returned_forms",
        "study/forms/found_tables": "study/forms/test_returned",
        "study/forms/identity": "study/responses/test_returned_forms",
        "study/forms/look": "study/forms/test_workbooks",
        "study/forms/pages": "study/forms/test_workbooks",
        "study/responsible": "study/test_declared_keys",
        "study/responsible_records": "study/test_declared_keys",
        "study/file_heads": "study/kinds/test_records",
        "study/kinds/words": "study/kinds/test_records",
        "study/kinds/rows": "study/kinds/test_given",
        "study/kinds/columns": "study/kinds/test_reading",
        "study/kinds/fields": "study/kinds/test_reading",
        "study/kinds/ratings": "study/kinds/test_reading",
        "study/study_tables": "study/test_definition",
        "study/succession_records": "study/test_succession",
        "study/questionnaire/doubles": "study/questionnaire/test_files",
        "study/questionnaire/model": "study/questionnaire/test_files",
        "study/questionnaire/records": "study/questionnaire/test_files",
        "study/questionnaire/scale_checks": "study/questionnaire/test_files",
        "study/responses/arriving_forms": "commands/test_form",
        "study/responses/form_entries": "study/responses/test_returned_forms",
        "study/responses/resent": "study/responses/test_returned_forms",
        "study/responses/merging_rules": "study/test_declared_keys",
        "study/responses/parted_sheets": "study/test_declared_keys",
    },
    "an independent reading of the contract is held against it": {
        "analysis/merged_sheets": "second_reading/test_merged_sheets",
        "study/merging": "second_reading/test_merged_sheets",
    },
    "it shows only in the finished file, and is tested on that": {
        "display/export/codebook": "commands/test_export",
        "display/export/tables": "commands/test_export",
        "publish/exporting/data_files": "commands/test_export",
        "publish/exporting/sav_file": "commands/test_export",
        "block_json": "publish/exporting/test_contents",
        "blocks": "publish/exporting/test_contents",
        "publish/exporting/exports": "publish/running/test_execution",
        "publish/exporting/formats": "publish/running/test_execution",
        "publish/exporting/fonts": "publish/exporting/test_stylesheet",
        "publish/exporting/formula_trees": "publish/exporting/test_formulas",
        "publish/exporting/lab_export": "browser/test_jupyterlab",
        "publish/exporting/markup_inline": "publish/exporting/test_markup",
        "publish/exporting/markup_tables": "publish/exporting/test_contents",
        "publish/exporting/pages": "publish/exporting/test_index",
        "publish/exporting/pdf_parts": "publish/exporting/test_pdf",
        "publish/exporting/pdf_tags": "publish/exporting/test_pdf",
        "publish/exporting/report_metadata": "publish/exporting/test_twin",
        "publish/exporting/said_sentences": "publish/exporting/test_twin",
        "publish/exporting/word_document": "publish/exporting/test_word",
        "publish/exporting/word_fonts": "publish/exporting/test_word",
        "publish/exporting/word_pictures": "publish/exporting/test_word",
        "publish/exporting/word_runs": "publish/exporting/test_word",
        "publish/exporting/word_tables": "publish/exporting/test_word",
    },
    "it runs in a process of its own, and is tested by what notebooks do there": {
        "publish/running/batch": "publish/running/test_workers",
        "publish/running/cell_texts": "display/test_all_sentences",
        "publish/running/child_kernel": "publish/running/test_every_way",
        "publish/running/forked": "publish/running/test_execution",
        "publish/running/inheritance": "publish/running/test_every_way",
        "publish/running/imports_first": "publish/running/test_workers",
        "publish/running/job": "publish/running/test_workers",
        "publish/running/kernel_server": "publish/running/test_provisioner",
        "publish/running/notebook_rules": "publish/running/test_execution",
        "publish/running/processes": "publish/running/test_execution",
        "publish/running/streams": "publish/running/test_every_way",
    },
    "it is words and looks of a report, which are tested where they are read": {
        "display/dialogue/afterwards": "display/dialogue/test_report",
        "display/final_report/council_paper": "display/final_report/test_report",
        "display/final_report/decisions": "display/final_report/test_report",
        "display/final_report/fields": "display/final_report/test_report",
        "display/final_report/measures": "display/final_report/test_report",
        "display/final_report/opening": "display/final_report/test_report",
        "display/final_report/plain_language": "display/final_report/test_report",
        "display/final_report/procedure": "display/final_report/test_report",
        "display/final_report/telling": "display/final_report/test_report",
        "display/final_report/voices": "display/final_report/test_report",
        "display/dialogue/annex": "display/dialogue/test_report",
        "display/dialogue/figures": "display/dialogue/test_report",
        "display/dialogue/intentions": "display/dialogue/test_report",
        "display/dialogue/opening": "display/dialogue/test_report",
        "display/dialogue/questions": "display/dialogue/test_report",
        "display/dialogue/taking_part": "display/dialogue/test_report",
        "display/dialogue/telling": "display/dialogue/test_report",
        "display/dialogue/topics": "display/dialogue/test_report",
        "display/alternatives": "display/selfcheck/test_figures",
        "display/answers": "display/selfcheck/test_report",
        "display/cover": "display/test_cover_wording",
        "display/dot_rows": "display/selfcheck/test_figures",
        "display/keyed_tables": "display/selfcheck/test_report",
        "display/lab/catalogue": "display/test_all_sentences",
        "display/lab/figures": "display/test_figure_parts",
        "display/lab/report": "display/test_all_sentences",
        "display/lab/tables": "display/test_all_sentences",
        "display/lab/wording": "display/test_all_sentences",
        "display/quality/tables": "display/test_all_sentences",
        "display/selfcheck/method_wording": "display/test_all_sentences",
        "display/selfcheck/field": "display/selfcheck/test_report",
        "display/selfcheck/scales": "display/selfcheck/test_report",
        "display/selfcheck/suggestions": "results/test_talking_points",
        "display/selfcheck/summary": "reports/test_true_sentences",
        "display/selfcheck/topics": "results/test_talking_points",
        "display/selfcheck/tables": "display/selfcheck/test_report",
        "display/selfcheck/wording": "display/selfcheck/test_report",
        "display/study/figures": "display/study/test_tables",
        "display/study/instrument_tables": "display/study/test_tables",
        "display/study/report": "display/study/test_tables",
        "display/study/telling": "display/study/test_sentences",
        "display/sentence_list": "display/test_all_sentences",
        "display/shown": "display/selfcheck/test_report",
        "display/style": "display/selfcheck/test_figures",
        "display/telling": "display/selfcheck/test_report",
    },
    "it gives the numbers of a report their keys, which the twin shows": {
        "results/dialogue_findings": "display/dialogue/test_report",
        "results/course_findings": "results/test_course",
        "results/profiles": "results/test_profile",
        "results/profile_findings": "publish/exporting/test_twin",
    },
    "it is a part of the attack, which is tested as a whole": {
        "analysis/attack_alike": "analysis/test_disclosure_attack",
        "analysis/attack_later": "results/test_attacked_folders",
        "analysis/attack_programs": "analysis/test_disclosure_attack",
        "results/fixed_sentences": "results/test_attacked_folders",
        "results/assumed_persons": "results/test_attacked_folders",
        "results/published": "results/test_attacked_folders",
    },
    "it puts together what the rooms before it have worked out, and is tested where that is read": {
        "results/agreement_table": "results/test_statistics_table",
        "results/before": "results/test_earlier",
        "results/waves": "results/test_earlier",
        "results/offices": "display/test_all_sentences",
        "results/members": "display/district/test_report",
        "display/waves/section": "display/test_all_sentences",
        "display/waves/figures": "display/test_all_sentences",
        "display/waves/tables": "display/test_all_sentences",
        "display/waves/wording": "display/test_all_sentences",
        "results/compared_waves": "study/test_succession",
        "study/earlier_answers": "study/test_succession",
        "results/dialogue_persons": "results/test_dialogue",
        "results/healthy_study": "results/test_given",
        "results/overview_findings": "display/study/test_sentences",
        "display/study/by_wave": "display/study/test_sentences",
        "display/study/wave_tables": "display/study/test_sentences",
        "display/study/wave_wording": "display/study/test_sentences",
        "results/own_answers": "display/selfcheck/test_persons",
        "results/persons": "results/test_statistics_table",
    },
    "what it writes is held against the study that lies in the checkout": {
        "study/example/generator": "study/responses/test_cleaning",
        "study/example/study_toml": "study/responses/test_cleaning",
        "study/example/tables": "study/responses/test_cleaning",
    },
    "it is a part of what is tested together": {
        "results/recomputed": "runs/test_recomputing",
        "analysis/detectable": "analysis/test_across",
        "analysis/ordinal_model": "analysis/test_across",
    },
    "it shows whose report it is, in every format": {
        "display/brands": "reports/test_foreign_studies",
        "publish/exporting/brand_head": "reports/test_foreign_studies",
        "publish/exporting/word_brand": "reports/test_foreign_studies",
        "results/reported_findings": "reports/test_foreign_studies",
        "study/reported": "reports/test_foreign_studies",
    },
}
HELD = {module: test for modules in ELSEWHERE.values() for module, test in modules.items()}
MODULES = sorted(
    str(path.relative_to(PACKAGE).with_suffix("").as_posix())
    for path in PACKAGE.rglob("*.py")
    if path.name != "__init__.py"
)


def mirror(module: str) -> Path:
    """The file of tests that belongs to a module."""
    path = Path(module)
    return TESTS / path.parent / f"test_{path.name}.py"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_its_file_of_tests_or_stands_in_the_list(module: str) -> None:
    if module in HELD:
        assert not mirror(module).exists(), "it has a file of its own: take it out of the list"
        assert (TESTS / f"{HELD[module]}.py").is_file()
    else:
        assert mirror(module).is_file(), f"{module} has no tests: write {mirror(module).relative_to(ROOT)}"


def test_the_list_names_only_modules_that_are_there() -> None:
    assert HELD.keys() - set(MODULES) == set()
    assert len(HELD) == sum(map(len, ELSEWHERE.values()))
