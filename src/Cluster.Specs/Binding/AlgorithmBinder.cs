namespace SearchCluster.Specs.Binding;

/// <summary>Reads sections <c>algorithm</c> and <c>scheduler</c>.</summary>
internal static class AlgorithmBinder
{
    /// <summary>The sampler of a spec that names none.</summary>
    public const string DefaultAlgorithm = "random";

    private static readonly string[] LaterAlgorithms = ["sobol", "halton", "tpe", "gp", "cmaes", "evolution", "pbt"];
    private static readonly string[] LaterSchedulers = ["median", "asha", "hyperband", "pbt"];

    /// <summary>Reads the sampler.</summary>
    /// <param name="root">The file.</param>
    /// <param name="vocabulary">The samplers there are.</param>
    /// <returns>The sampler.</returns>
    public static AlgorithmSpec Bind(Section root, SpecVocabulary vocabulary)
    {
        var standard = new AlgorithmSpec(DefaultAlgorithm, ParameterValues.Empty);
        if (root.Child("algorithm", SectionFields.Algorithm) is not { } section)
        {
            return standard;
        }

        var names = vocabulary.Algorithms.Select(algorithm => algorithm.Name).ToValueArray();
        RequireType(section, names);
        section.RefuseLaterKeys(SectionFields.Algorithm, "remove it");
        if (section.Child("options", SectionFields.Free) is { Entries: [var first, ..] } options)
        {
            options.Error(SpecCodes.NotAvailable, first.Key.At, first.Key.Text, $"the algorithms of this release ({string.Join(", ", names)}) have no option {Display.Quoted(first.Key.Text)}", "remove it");
        }

        return new AlgorithmSpec(section.Word("type", Words(names), LaterAlgorithms, DefaultAlgorithm), ParameterValues.Empty);
    }

    /// <summary>Reads the scheduler.</summary>
    /// <param name="root">The file.</param>
    /// <param name="vocabulary">The schedulers there are.</param>
    /// <returns>The scheduler; <c>none</c> when the file names none.</returns>
    public static SchedulerSpec BindScheduler(Section root, SpecVocabulary vocabulary)
    {
        var standard = new SchedulerSpec("none", ParameterValues.Empty);
        if (root.Child("scheduler", SectionFields.Scheduler) is not { } section)
        {
            return standard;
        }

        var names = vocabulary.Schedulers.Select(scheduler => scheduler.Name).ToValueArray();
        RequireType(section, names);
        CheckRungs(section);
        return standard with { Type = section.Word("type", Words(names), LaterSchedulers, "none") };
    }

    // The settings of schedulers to come are checked already, so that a file written for them is right in every respect but the release.
    private static void CheckRungs(Section section)
    {
        var type = (section.Find("type")?.Value as Syntax.ScalarNode)?.Text;
        if (type is not ("asha" or "hyperband"))
        {
            section.RefuseLaterKeys(SectionFields.Scheduler, "scheduler none has no settings; remove it");
            return;
        }

        var min = section.Whole("min", 1, int.MaxValue, SpecCodes.Scheduler) ?? 1;
        var max = section.Whole("max", 1, int.MaxValue, SpecCodes.Scheduler);
        if (section.Find("max") is null)
        {
            section.Missing(SpecCodes.Scheduler, "max", $"{type} needs max, the longest training of a trial", "for example max: 27");
        }
        else if (max < min)
        {
            section.Error(SpecCodes.Scheduler, section.Find("max")!.Value.At, "max", $"max is {max}, but must be at least min, which is {min}", "swap or change them");
        }

        section.Real("reduction", 1.1, 16, SpecCodes.Scheduler);
    }

    private static void RequireType(Section section, ValueArray<string> names)
    {
        if (section.Find("type") is null)
        {
            section.Missing(SpecCodes.Missing, "type", "type is required", $"use {string.Join(" or ", names)}");
        }
    }

    private static (string, string)[] Words(ValueArray<string> names) => [.. names.Select(name => (name, name))];
}
