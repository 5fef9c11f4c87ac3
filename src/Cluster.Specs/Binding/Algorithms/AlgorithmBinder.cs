using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding.Algorithms;

/// <summary>Reads section <c>algorithm</c>.</summary>
internal static class AlgorithmBinder
{
    /// <summary>Options so common that the section has them as keys of its own.</summary>
    public static string[] Aliases { get; } = ["startup", "batch"];

    /// <summary>Reads the sampler.</summary>
    /// <param name="root">The file.</param>
    /// <param name="vocabulary">The samplers there are.</param>
    /// <returns>The sampler.</returns>
    public static AlgorithmSpec Bind(Section root, SpecVocabulary vocabulary)
    {
        var standard = new AlgorithmSpec(StandardNames.Algorithm, ParameterValues.Empty);
        if (root.Child("algorithm", SectionFields.Algorithm) is not { } section)
        {
            return standard;
        }

        if (section.Find("type") is null)
        {
            section.Missing(
                SpecCodes.Missing,
                "type",
                "type is required",
                $"use one of {string.Join(", ", vocabulary.Algorithms.Select(algorithm => algorithm.Name))}");
            return standard;
        }

        if (BindType(section, "type", vocabulary) is not { } descriptor)
        {
            return standard;
        }

        var options = BindOptions(section, descriptor);
        return new AlgorithmSpec(descriptor.Name, options, StagesBinder.Bind(section, descriptor, vocabulary));
    }

    /// <summary>Reads the name of a sampler.</summary>
    /// <param name="section">The section that names it.</param>
    /// <param name="key">The key of the name, which is there.</param>
    /// <param name="vocabulary">The samplers there are.</param>
    /// <returns>Null after a problem.</returns>
    public static AlgorithmDescriptor? BindType(Section section, string key, SpecVocabulary vocabulary)
    {
        var node = section.Find(key)!.Value;
        if (node is ScalarNode { Text: var text } && vocabulary.Schedulers.Any(scheduler => scheduler.Name == text)
            && vocabulary.Algorithms.All(algorithm => algorithm.Name != text))
        {
            section.Error(
                SpecCodes.UnknownWord,
                node.At,
                key,
                $"{key} is {Display.Quoted(text)}, which is a scheduler, not an algorithm",
                $"write scheduler: {{ type: {text} }}, and algorithm: {{ type: random }} beside it");
            return null;
        }

        return section.Word(
            key, [.. vocabulary.Algorithms.Select(algorithm => (algorithm.Name, (AlgorithmDescriptor?)algorithm))], [], null);
    }

    /// <summary>Reads options of a sampler.</summary>
    /// <param name="section">The section that may hold <c>options</c> or its aliases.</param>
    /// <param name="descriptor">The sampler.</param>
    /// <returns>The options given.</returns>
    public static ParameterValues BindOptions(Section section, AlgorithmDescriptor descriptor)
    {
        var inner = section.Child("options", SectionFields.Free);
        var options = inner is null ? ParameterValues.Empty : OptionsBinder.Bind(inner, descriptor);
        foreach (var alias in Aliases)
        {
            if (section.Find(alias) is not { } entry)
            {
                continue;
            }

            if (inner?.Find(alias) is { } first)
            {
                section.Error(
                    SpecCodes.DuplicateKey,
                    entry.Key.At,
                    alias,
                    $"{alias} is here and in options, first at {first.Key.At.Line}:{first.Key.At.Column}",
                    "remove one of the two");
            }
            else if (OptionsBinder.BindOne(section, entry, descriptor) is { } value)
            {
                options = options.With(alias, value);
            }
        }

        return options;
    }
}
