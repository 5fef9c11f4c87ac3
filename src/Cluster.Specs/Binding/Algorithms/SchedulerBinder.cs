using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding.Algorithms;

/// <summary>Reads section <c>scheduler</c>; its keys beside <c>type</c> and <c>resource</c> are the options of the scheduler.</summary>
internal static class SchedulerBinder
{
    /// <summary>Words of <c>scheduler.resource</c>.</summary>
    public static (string Word, bool Value)[] Resources { get; } = [("epoch", true)];

    /// <summary>Reads the scheduler.</summary>
    /// <param name="root">The file.</param>
    /// <param name="vocabulary">The schedulers there are.</param>
    public static SchedulerSpec Bind(Section root, SpecVocabulary vocabulary)
    {
        var standard = new SchedulerSpec(StandardNames.Scheduler, ParameterValues.Empty);
        if (root.Child("scheduler", SectionFields.Free) is not { } section)
        {
            return standard;
        }

        var names = string.Join(", ", vocabulary.Schedulers.Select(scheduler => scheduler.Name));
        if (section.Find("type") is not { } type)
        {
            section.Missing(SpecCodes.Missing, "type", "type is required", $"use one of {names}");
            return standard;
        }

        if (BindType(section, type, vocabulary) is not { } descriptor)
        {
            return standard;
        }

        section.Word("resource", Resources, ["step", "second"], true);
        var options = OptionsBinder.Bind(section, descriptor, "type", "resource");
        RequireOptions(section, descriptor);
        CheckLevels(section, descriptor, options);
        return new SchedulerSpec(descriptor.Name, options);
    }

    private static AlgorithmDescriptor? BindType(Section section, MappingEntry type, SpecVocabulary vocabulary)
    {
        if (type.Value is ScalarNode { Text: var text } && vocabulary.Algorithms.Any(algorithm => algorithm.Name == text)
            && vocabulary.Schedulers.All(scheduler => scheduler.Name != text))
        {
            section.Error(
                SpecCodes.UnknownWord,
                type.Value.At,
                "type",
                $"type is {Display.Quoted(text)}, which is an algorithm, not a scheduler",
                $"write algorithm: {{ type: {text} }}");
            return null;
        }

        return section.Word(
            "type", [.. vocabulary.Schedulers.Select(scheduler => (scheduler.Name, (AlgorithmDescriptor?)scheduler))], [], null);
    }

    private static void RequireOptions(Section section, AlgorithmDescriptor descriptor)
    {
        foreach (var option in descriptor.Options)
        {
            if (option is { Default: null, IsOptional: false } && section.Find(option.Name) is null)
            {
                section.Missing(
                    SpecCodes.Scheduler,
                    option.Name,
                    $"{descriptor.Name} needs {option.Name}, {ValueBinder.Describe(option.Domain)}",
                    option.Description);
            }
        }
    }

    // Levels of training from min to max: the two have these names in every scheduler that has them.
    private static void CheckLevels(Section section, AlgorithmDescriptor descriptor, ParameterValues options)
    {
        if (Level(descriptor, options, "min") is { } min && Level(descriptor, options, "max") is { } max && max < min)
        {
            var at = section.Find("max")?.Value.At ?? section.PlaceOf("min");
            section.Error(SpecCodes.Scheduler, at, "max", string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"max is {max:R}, but must be at least min, which is {min:R}"), "swap or change them");
        }
    }

    private static double? Level(AlgorithmDescriptor descriptor, ParameterValues options, string name) =>
        descriptor.Options.FirstOrDefault(option => option.Name == name) is { } option
        && (options.TryGet(name, out var given) ? given : option.Default) is { } value && value.TryGetNumber(out var level) ? level : null;
}
