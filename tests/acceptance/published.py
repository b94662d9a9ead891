"""The figures that the board saw on 20 January 2021, typed in by hand from the published scorecard.

Metric, value as printed, change as printed (percent; empty where the table gives none).
"""

SCORECARD = [
    ("kpi_1", "99.5%", ""),
    ("kpi_2", "1.2", ""),
    ("kpi_3", "99.3%", ""),
    ("kpi_4", "98.4%", ""),
    ("audits_good_or_better", "63.0%", ""),
    ("public_demand", "12,092", "-2.3"),
    ("care_demand", "8,863", "-0.8"),
    ("care_duration", "40", ""),
    ("public_open", "14,124", "16.5"),
    ("public_duty_allocated", "95", "4.4"),
    ("private_demand", "30,472", "-1.8"),
    ("private_open", "22,757", "20.6"),
    ("section_7_demand", "13,459", "-8.8"),
    ("rule_16_4_demand", "1,560", "-24.1"),
    ("private_duty_allocated", "533", "-59.1"),
    ("social_work_fte", "1,471.7", "4.9"),
    ("sickness", "9.9", ""),
    ("average_caseload", "23.9", ""),
    ("higher_workload_bands", "73.3%", ""),
    ("plr_compliance", "91.4%", ""),
]
