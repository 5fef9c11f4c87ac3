using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Sections;

namespace SearchCluster.Specs.Binding.Run;

/// <summary>Reads section <c>budget</c>.</summary>
internal static class BudgetBinder
{
    private const long MostEpochs = 1_000_000_000_000;
    private const int DefaultPlateauTrials = 5;
    private static readonly string[] Ends = ["trials", "time", "deviceTime", "epochs"];

    /// <summary>Reads the section.</summary>
    /// <param name="root">The file.</param>
    /// <returns>Null when absent or without an end.</returns>
    public static BudgetSpec? Bind(Section root)
    {
        const string Help = "write budget: { trials: 30 }, or time: 1h";
        if (root.Find("budget") is null)
        {
            root.Missing(SpecCodes.NoBudget, "budget", "budget is required", Help);
            return null;
        }

        if (root.Child("budget", SectionFields.Budget) is not { } section)
        {
            return null;
        }

        if (Ends.All(key => section.Find(key) is null))
        {
            section.Missing(SpecCodes.NoBudget, "trials", "at least one of trials, time, deviceTime or epochs is required", Help);
        }

        return new BudgetSpec(
            (int?)section.Whole("trials", 1, SpecLimits.Trials, SpecCodes.Count),
            section.Duration("time"),
            section.Duration("deviceTime"),
            section.Whole("epochs", 1, MostEpochs, SpecCodes.Count),
            section.Duration("trialTime"),
            (int?)section.Whole("noImprovement", 1, SpecLimits.Trials, SpecCodes.Count),
            (int)(section.Whole("failures", 0, SpecLimits.Trials, SpecCodes.Count) ?? 10),
            BindPlateau(section));
    }

    private static PlateauSpec? BindPlateau(Section budget)
    {
        if (budget.Child("plateau", SectionFields.Plateau) is not { } section)
        {
            return null;
        }

        if (section.Find("expectedImprovement") is not { } entry)
        {
            section.Missing(
                SpecCodes.Missing,
                "expectedImprovement",
                "expectedImprovement is required",
                "write the gain below which a trial is not worth its cost, for example 0.001");
            return null;
        }

        var gain = section.Real("expectedImprovement");
        if (gain <= 0)
        {
            section.Error(
                SpecCodes.Plateau,
                entry.Value.At,
                "expectedImprovement",
                $"expectedImprovement {Section.Describe(entry.Value)}, but must be greater than 0",
                "write a gain in units of the objective, for example 0.001");
        }

        var trials = section.Whole("trials", 1, SpecLimits.Trials, SpecCodes.Plateau);
        return gain > 0 ? new PlateauSpec(gain.Value, (int)(trials ?? DefaultPlateauTrials)) : null;
    }
}
