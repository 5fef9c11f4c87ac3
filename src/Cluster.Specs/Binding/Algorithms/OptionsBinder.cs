using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding.Algorithms;

/// <summary>Reads the options of a sampler or a scheduler by its descriptor.</summary>
internal static class OptionsBinder
{
    /// <summary>Reads options.</summary>
    /// <param name="section">The section that holds them; opened with <see cref="SectionFields.Free"/>.</param>
    /// <param name="descriptor">Whose options they are.</param>
    /// <param name="others">Keys of the section that are no options.</param>
    /// <returns>The options given and understood, each in the kind of its domain.</returns>
    public static ParameterValues Bind(Section section, AlgorithmDescriptor descriptor, params ReadOnlySpan<string> others)
    {
        var values = new List<KeyValuePair<string, ParameterValue>>();
        foreach (var entry in section.Entries)
        {
            if (!others.Contains(entry.Key.Text) && BindOne(section, entry, descriptor) is { } value)
            {
                values.Add(new(entry.Key.Text, value));
            }
        }

        return new ParameterValues(values);
    }

    /// <summary>Reads one option.</summary>
    /// <param name="section">The section that holds it.</param>
    /// <param name="entry">Name and value.</param>
    /// <param name="descriptor">Whose option it is.</param>
    /// <returns>Null after a problem.</returns>
    public static ParameterValue? BindOne(Section section, MappingEntry entry, AlgorithmDescriptor descriptor)
    {
        if (descriptor.Options.FirstOrDefault(option => option.Name == entry.Key.Text) is not { } option)
        {
            ReportUnknown(section, entry, descriptor);
            return null;
        }

        if (ValueBinder.OfDomain(entry.Value, option.Domain) is { } value && option.Domain.Contains(value))
        {
            return value;
        }

        var (message, help) = Explain(entry.Value, option);
        section.Error(SpecCodes.Scheduler, entry.Value.At, option.Name, $"{option.Name} of {descriptor.Name} {message}", help);
        return null;
    }

    private static void ReportUnknown(Section section, MappingEntry entry, AlgorithmDescriptor descriptor)
    {
        if (section.ReportsDecimalComma(entry.Key, entry.Value))
        {
            return;
        }

        var names = descriptor.Options.Select(option => option.Name).ToArray();
        section.Error(
            SpecCodes.UnknownKey,
            entry.Key.At,
            entry.Key.Text,
            $"{descriptor.Name} has no option {Display.Quoted(entry.Key.Text)}{Suggestions.Phrase(entry.Key.Text, names)}",
            names.Length == 0 ? $"{descriptor.Name} has no options; remove it" : $"its options are {string.Join(", ", names)}");
    }

    private static (string Message, string Help) Explain(SpecNode node, HyperparameterDescriptor option)
    {
        var rule = $"must be {ValueBinder.Describe(option.Domain)}";
        var isNumber = node is ScalarNode scalar && Scalars.Classify(scalar).IsNumber;
        if (option.Domain is IntegerDomain && NumberProblems.ExplainTwofold(node) is { } twofold)
        {
            return ($"{twofold.Message}; it {rule}", twofold.Help);
        }

        if (option.Domain is RealDomain or IntegerDomain && !isNumber)
        {
            var (message, help) = NumberProblems.Explain(node, option.Domain is IntegerDomain);
            return ($"{message}; it {rule}", help);
        }

        var nearest = option.Domain is ItemDomain items && node is ScalarNode word
            ? Suggestions.Phrase(word.Text, items.Items.Select(item => item.ToString()))
            : "";
        return ($"{Section.Describe(node)}, but {rule}{nearest}", option.Description);
    }
}
