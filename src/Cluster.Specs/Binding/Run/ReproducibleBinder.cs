using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;

namespace SearchCluster.Specs.Binding.Run;

/// <summary>Reads <c>reproducible</c>: true, false, or a section with the size of a round.</summary>
internal static class ReproducibleBinder
{
    /// <summary>Reads it.</summary>
    /// <param name="root">The file.</param>
    /// <returns>Null when the order of results may decide.</returns>
    public static ReproducibleSpec? Bind(Section root)
    {
        if (root.Find("reproducible") is not { Value: MappingNode })
        {
            return root.Flag("reproducible", otherwise: false) ? new ReproducibleSpec() : null;
        }

        var section = root.Child("reproducible", SectionFields.Reproducible)!;
        return new ReproducibleSpec((int)(section.Whole("round", 1, SpecLimits.Round) ?? ReproducibleSpec.StandardRound));
    }

    /// <summary>Refuses limits that depend on a clock or on a process.</summary>
    /// <param name="root">The file.</param>
    /// <param name="spec">As it was read from the file.</param>
    public static void Check(Section root, SearchSpec spec)
    {
        if (spec is { Reproducible: not null, Resources.MemoryBytes: not null })
        {
            root.Problems.Error(
                SpecCodes.Reproducible,
                root.PlaceOf("resources"),
                "resources.perTrial.memory",
                "resources.perTrial.memory ends trials by what their process holds at a moment, which no second run repeats, but the "
                    + "search is reproducible",
                "remove it, or remove reproducible");
        }

        if (spec.Reproducible is null || root.Find("budget") is not { Value: MappingNode budget })
        {
            return;
        }

        foreach (var key in new[] { "time", "deviceTime", "trialTime" })
        {
            if (budget.Find(key) is { } entry)
            {
                root.Problems.Error(
                    SpecCodes.Reproducible,
                    entry.Key.At,
                    $"budget.{key}",
                    $"budget.{key} ends work by the clock, which no second run repeats, but the search is reproducible",
                    key == "trialTime"
                        ? "remove it, or remove reproducible"
                        : "use budget.trials or budget.epochs, or remove reproducible");
            }
        }
    }
}
