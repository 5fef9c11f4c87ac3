using SearchCluster.Specs.Checks;
using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding.Space;

/// <summary>Reads conditions, of <c>when</c> and of <c>forbid</c>.</summary>
internal static class ConditionBinder
{
    /// <summary>Reads when a parameter is active.</summary>
    /// <param name="parameter">Where its keys are.</param>
    /// <param name="entry">Its key <c>when</c>.</param>
    /// <param name="byName">All parameters.</param>
    /// <returns>Null after a problem.</returns>
    public static ValueArray<Condition>? BindWhen(
        Section parameter, MappingEntry entry, IReadOnlyDictionary<string, ParameterDraft> byName) =>
        Section.Open(parameter.Problems, entry, parameter.PathOf("when"), SectionFields.Free) is { } section
            ? BindAll(section, byName, SpecCodes.NeverActive, "never active")
            : null;

    /// <summary>Reads the combinations never to try.</summary>
    /// <param name="root">The file.</param>
    /// <param name="byName">All parameters.</param>
    /// <returns>Null after a problem.</returns>
    public static ValueArray<ForbiddenCombination>? BindForbidden(Section root, IReadOnlyDictionary<string, ParameterDraft> byName)
    {
        if (root.Find("forbid") is not { } entry)
        {
            return [];
        }

        if (entry.Value is not SequenceNode list || list.Items.Count > SpecLimits.Conditions)
        {
            root.Error(
                SpecCodes.WrongKind,
                entry.Value.At,
                "forbid",
                $"forbid {Section.Describe(entry.Value)}, but must be a list of at most {SpecLimits.Conditions} combinations",
                "write - { optimizer: sgd, batchSize: 16 }");
            return null;
        }

        var combinations = new List<ForbiddenCombination>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            var key = new ScalarNode(list.Items[i].At, $"forbid[{i}]", ScalarStyle.Quoted);
            if (Section.Open(root.Problems, new MappingEntry(key, list.Items[i]), key.Text, SectionFields.Free) is { } section
                && BindAll(section, byName, SpecCodes.ForbidsNothing, "forbids nothing") is { } conditions)
            {
                combinations.Add(new ForbiddenCombination(conditions));
            }
        }

        return combinations.Count == list.Items.Count ? combinations.ToValueArray() : null;
    }

    private static ValueArray<Condition>? BindAll(
        Section section, IReadOnlyDictionary<string, ParameterDraft> byName, string impossible, string consequence)
    {
        if (section.Entries.Count is 0 or > SpecLimits.Conditions)
        {
            section.Problems.Error(
                SpecCodes.WrongKind,
                section.At,
                section.Path,
                $"{section.Path} has {section.Entries.Count} conditions, but must have 1 to {SpecLimits.Conditions}",
                "write name: value");
            return null;
        }

        var conditions = new List<Condition>();
        foreach (var (key, node) in section.Entries)
        {
            if (!byName.TryGetValue(key.Text, out var target))
            {
                section.Error(
                    SpecCodes.UnknownParameter,
                    key.At,
                    key.Text,
                    $"there is no parameter {Display.Quoted(key.Text)}{Suggestions.Phrase(key.Text, byName.Keys)}",
                    $"the parameters are {Display.List(byName.Keys)}");
            }
            else if (target.Domain is { } domain && BindTest(section, key, node, domain, impossible, consequence) is { } test)
            {
                conditions.Add(new Condition(key.Text, test));
            }
        }

        return conditions.Count == section.Entries.Count ? conditions.ToValueArray() : null;
    }

    private static ConditionTest? BindTest(
        Section section, ScalarNode key, SpecNode node, ParameterDomain domain, string impossible, string consequence)
    {
        if (node is MappingNode)
        {
            return BindRange(section, key, node, domain, impossible, consequence);
        }

        // A list is a choice of values, unless it is itself an item of the parameter.
        var isOneValue = node is SequenceNode && ValueBinder.OfDomain(node, domain) is { } whole && domain.Contains(whole);
        var nodes = node is SequenceNode list && !isOneValue ? list.Items : [node];
        if (nodes.Count is 0 or > SpecLimits.Items)
        {
            section.Error(
                SpecCodes.WrongKind,
                node.At,
                key.Text,
                $"{key.Text} has {nodes.Count} values, but must have 1 to {SpecLimits.Items}",
                "write a value, a list of values, or { min: …, max: … }");
            return null;
        }

        var values = new List<ParameterValue>();
        foreach (var item in nodes)
        {
            var value = ValueBinder.OfDomain(item, domain);
            if (value is { } found && domain.Contains(found))
            {
                values.Add(found);
            }
            else
            {
                section.Error(
                    impossible,
                    item.At,
                    key.Text,
                    $"{consequence}: {key.Text} {Section.Describe(item)}, but is {ValueBinder.Describe(domain)}",
                    "use a value that the parameter can take");
            }
        }

        return values.Count == nodes.Count ? new OneOfTest(values.ToValueArray()) : null;
    }

    private static RangeTest? BindRange(
        Section section, ScalarNode key, SpecNode node, ParameterDomain domain, string impossible, string consequence)
    {
        if (Section.Open(section.Problems, new MappingEntry(key, node), section.PathOf(key.Text), SectionFields.Range) is not { } range)
        {
            return null;
        }

        var test = new RangeTest(range.Real("min"), range.Real("max"));
        if (test.Min is null && test.Max is null)
        {
            if (range.Entries.Count == 0)
            {
                section.Error(
                    SpecCodes.WrongKind, node.At, key.Text, $"the range of {key.Text} has neither min nor max", "write { min: 0.1 }");
            }

            return null;
        }

        if (test.Min > test.Max)
        {
            range.Error(
                SpecCodes.MinAboveMax,
                node.At,
                "min",
                $"min is {range.Written("min")}, but must be at most max, which is {range.Written("max")}",
                "swap them");
            return null;
        }

        if (!DomainCells.Representatives(domain, [test]).Any(test.Accepts))
        {
            section.Error(
                impossible,
                node.At,
                key.Text,
                $"{consequence}: {key.Text} is never in this range; it is {ValueBinder.Describe(domain)}",
                "change the range");
            return null;
        }

        return test;
    }
}
