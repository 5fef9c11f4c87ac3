using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;

namespace SearchCluster.Specs.Checks;

/// <summary>Compares the stages of a coarse-to-fine search with each other and with the budget.</summary>
internal static class StagesFit
{
    /// <summary>Checks the stages, if there are any.</summary>
    /// <param name="root">The file.</param>
    /// <param name="spec">As it was read from the file.</param>
    /// <param name="vocabulary">What its names stand for.</param>
    public static void Check(Section root, SearchSpec spec, SpecVocabulary vocabulary)
    {
        if (spec.Algorithm.Stages is not { } stages)
        {
            return;
        }

        var at = ((MappingNode)root.Find("algorithm")!.Value).Find("stages")!;
        CheckTrials(root, at, stages, spec.Budget.Trials);
        CheckFractions(root, (SequenceNode)at.Value, stages);
        var needsData = vocabulary.Workloads.First(workload => workload.Name == spec.Workload.Builtin).NeedsData;
        if (!needsData && stages.Any(stage => stage.DataFraction < 1))
        {
            Warn(
                root,
                at.Key.At,
                "algorithm.stages",
                $"algorithm.stages: dataFraction has no effect, because workload {spec.Workload.Builtin} reads no data",
                "remove dataFraction");
        }
    }

    private static void CheckTrials(Section root, MappingEntry at, ValueArray<StageSpec> stages, int? budget)
    {
        var before = stages.SkipLast(1).Sum(stage => (long)(stage.Trials ?? 0));
        var last = (long)(stages[^1].Trials ?? 1);
        if (before + last > budget)
        {
            root.Error(
                SpecCodes.Stages,
                at.Key.At,
                "algorithm.stages",
                $"algorithm.stages need {before + last} trials{(stages[^1].Trials is null ? " and more" : "")}, but budget.trials is "
                    + $"{budget}",
                "lower the trials of the stages, or raise budget.trials");
        }
    }

    private static void CheckFractions(Section root, SequenceNode list, ValueArray<StageSpec> stages)
    {
        for (var i = 1; i < stages.Count; i++)
        {
            if (stages[i].DataFraction < stages[i - 1].DataFraction)
            {
                Warn(
                    root,
                    list.Items[i].At,
                    $"algorithm.stages[{i}].dataFraction",
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"algorithm.stages[{i}]: dataFraction is {stages[i].DataFraction:R}, less than the {stages[i - 1].DataFraction:R} "
                            + $"of the stage before"),
                    "later stages usually train on more of the data");
            }
        }
    }

    private static void Warn(Section root, Position at, string path, string message, string help) =>
        root.Problems.Warning(SpecCodes.Stages, at, path, message, help);
}
