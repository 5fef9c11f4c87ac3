namespace SearchCluster.Search.Benchmarks.Functions;

/// <summary>All problems by name, and groups of them.</summary>
internal static class Problems
{
    private static readonly TestProblem[] Suite = [SuiteProblems.Branin, SuiteProblems.Hartmann6, SuiteProblems.Levy8, SuiteProblems.Mlp7];

    /// <summary>Finds problems.</summary>
    /// <param name="names">Names, <c>suite</c>, <c>tuning</c> or <c>all</c>, separated by commas.</param>
    /// <returns>The problems.</returns>
    public static IReadOnlyList<TestProblem> Find(string names) => [.. names.Split(',').SelectMany(name => name switch
    {
        "suite" => Suite,
        "tuning" => [.. TuningProblems.All, SuiteProblems.NoisyMlp7],
        "all" => [.. Suite, .. TuningProblems.All, SuiteProblems.NoisyMlp7],
        _ => Suite.Concat(TuningProblems.All).Append(SuiteProblems.NoisyMlp7).Where(problem => problem.Name == name).DefaultIfEmpty(null!)
            .Select(problem => problem
                ?? throw new ArgumentException(
                    $"There is no problem {name}; use suite, tuning, "
                        + $"all, or one of {string.Join(", ", Suite.Concat(TuningProblems.All).Select(p => p.Name))}.")),
    })];
}
