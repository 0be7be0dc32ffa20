"""In place: respondents who stay where they lie, counted there by the same plan, of whom only groups are told.

What `scoring.counting` does with the pieces of a file is asked of an engine in one query:

1. `keys`: a row a respondent, with the key of each indicator's pattern, and nothing else of the answers;
2. `figures`: what the plan makes of each pattern, looked up by its key; readiness and presence follow, by a few numbers
   where these tell every dimension (`compact`, `carriers`), else a column each (`apart`);
3. `grouping`: all that is counted or summed of a respondent stands in one column below the other, so that one grouping
   by few and narrow columns says everything that a total does;
4. `summing`: the groups become totals.
"""
