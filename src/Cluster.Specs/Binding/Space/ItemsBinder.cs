using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding.Space;

/// <summary>Reads the choices of a parameter of type <c>item</c>.</summary>
internal static class ItemsBinder
{
    private static readonly string[] TruthWords = ["yes", "no", "on", "off", "y", "n"];

    /// <summary>Reads the choices.</summary>
    /// <param name="section">The parameter.</param>
    /// <param name="known">The domain of the workload's hyperparameter, whose kind of number they take; null for none.</param>
    /// <returns>Null after a problem.</returns>
    public static ItemDomain? Bind(Section section, ParameterDomain? known)
    {
        var isOrdered = section.Flag("ordered", false);
        if (section.Find("items") is not { } entry)
        {
            section.Missing(SpecCodes.ParameterNeeds, "items", "type item needs items", "for example items: [16, 32, 64]");
            return null;
        }

        if (entry.Value is not SequenceNode list)
        {
            section.Error(
                SpecCodes.WrongKind,
                entry.Value.At,
                "items",
                $"items {Section.Describe(entry.Value)}, but must be a list",
                "write items: [16, 32, 64]");
            return null;
        }

        if (list.Items.Count is 0 or > SpecLimits.Items)
        {
            section.Error(
                SpecCodes.Items,
                list.At,
                "items",
                $"items has {list.Items.Count} entries, but must have 1 to {SpecLimits.Items}",
                list.Items.Count == 0 ? "add the choices" : "use type int or float for a range");
            return null;
        }

        var items = new List<ParameterValue>();
        foreach (var node in list.Items)
        {
            if (Take(section, node, known, items) is { } item)
            {
                items.Add(item);
            }
        }

        if (items.Count == 1 && list.Items.Count == 1)
        {
            section.Problems.Warning(
                SpecCodes.Constant,
                list.At,
                section.PathOf("items"),
                $"{section.Prefix}items has one entry, so this is a constant; use workload.fixed",
                "move it to workload.fixed");
        }

        return items.Count == list.Items.Count ? new ItemDomain(items.ToValueArray(), isOrdered) : null;
    }

    private static ParameterValue? Take(Section section, SpecNode node, ParameterDomain? known, List<ParameterValue> before)
    {
        if (ValueBinder.AsItem(node) is not { } written)
        {
            section.Error(
                SpecCodes.Items,
                node.At,
                "items",
                $"an item {Describe(node)}, but must be a finite number, text, true, false, null or a list of these",
                "write a number, text in quotes, or a list such as [64, 64]");
            return null;
        }

        var item = known is null ? written : ValueBinder.Convert(written, known);
        if (before.Contains(item))
        {
            section.Error(
                SpecCodes.Items,
                node.At,
                "items",
                $"the item {Display.Text(ValueBinder.Literal(item))} occurs twice",
                "remove one of the two");
            return null;
        }

        if (before.Exists(other => LooksLike(other, item)))
        {
            var twin = before.Find(other => LooksLike(other, item));
            section.Problems.Warning(
                SpecCodes.LookAlikes,
                node.At,
                section.PathOf("items"),
                $"{section.Prefix}{Display.Text(Told(twin))} and {Display.Text(Told(item))} are different values",
                Told(twin) == ValueBinder.Literal(twin) ? "quote both or neither" : "write both with a decimal point, or neither");
        }

        if (node is ScalarNode { Style: ScalarStyle.Plain } scalar && TruthWords.Contains(scalar.Text.ToLowerInvariant()))
        {
            section.Problems.Warning(
                SpecCodes.TruthWord,
                node.At,
                section.PathOf("items"),
                $"{section.Prefix}{scalar.Text} without quotes is text here; other programs take it for true or false",
                $"write \"{scalar.Text}\", or true and false");
        }

        return item;
    }

    // Of a list the entry that does not fit is what to look at.
    private static string Describe(SpecNode node) =>
        node is SequenceNode list && list.Items.FirstOrDefault(entry => ValueBinder.AsItem(entry) is null) is { } entry
            ? $"is a list with an entry that {Describe(entry)}"
            : Section.Describe(node);

    // A whole number and a real one are written alike: 1 and 1.0.
    private static string Told(ParameterValue value) =>
        value.TryGetList(out var values) ? $"[{string.Join(", ", values.Select(Told))}]"
        : value.Kind == ParameterValueKind.Real && !value.ToString().AsSpan().ContainsAny('.', 'e', 'E') ? $"{value}.0"
        : ValueBinder.Literal(value);

    private static bool LooksLike(ParameterValue a, ParameterValue b) => a != b && a.ToString() == b.ToString();
}
