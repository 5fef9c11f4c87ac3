using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Sections;

/// <summary>Reads values of parameters in the kind that their domain has.</summary>
internal static class ValueBinder
{
    /// <summary>Reads a value for a domain.</summary>
    /// <param name="node">The value.</param>
    /// <param name="domain">The parameter's domain.</param>
    /// <returns>The value in the domain's kind, inside it or not; null when it is of another kind.</returns>
    public static ParameterValue? OfDomain(SpecNode node, ParameterDomain domain) => domain switch
    {
        RealDomain =>
            node is ScalarNode scalar && Scalars.Classify(scalar) is { IsNumber: true } number ? ParameterValue.Real(number.Number) : null,
        IntegerDomain => Section.TryWhole(node, out var whole) ? ParameterValue.Integer(whole) : null,
        BooleanDomain => node is ScalarNode flag && Scalars.Classify(flag) is { Kind: ScalarKind.Boolean } value
            ? ParameterValue.Boolean(value.Flag)
            : null,
        ItemDomain items => OfItems(node, items),
        _ => throw new ArgumentOutOfRangeException(nameof(domain), domain, "A domain of an unknown kind."),
    };

    /// <summary>Reads a value as it is written.</summary>
    /// <param name="node">The value.</param>
    /// <returns>Null for lists, mappings, nothing, and numbers that are not finite.</returns>
    public static ParameterValue? AsWritten(SpecNode node)
    {
        if (node is not ScalarNode scalar)
        {
            return null;
        }

        var value = Scalars.Classify(scalar);
        return value.Kind switch
        {
            ScalarKind.Null => null,
            ScalarKind.Boolean => ParameterValue.Boolean(value.Flag),
            ScalarKind.Integer => ParameterValue.Integer(value.Whole),
            ScalarKind.Real => value.IsNumber ? ParameterValue.Real(value.Number) : null,
            _ => ParameterValue.Text(scalar.Text),
        };
    }

    /// <summary>Reads an item: a value as it is written, nothing (<c>null</c>), or a list of items.</summary>
    /// <param name="node">The value.</param>
    /// <returns>Null for mappings and numbers that are not finite.</returns>
    public static ParameterValue? AsItem(SpecNode node)
    {
        if (node is ScalarNode scalar)
        {
            return Scalars.Classify(scalar).Kind == ScalarKind.Null ? ParameterValue.None : AsWritten(node);
        }

        if (node is not SequenceNode list)
        {
            return null;
        }

        var values = list.Items.Select(AsItem).OfType<ParameterValue>().ToValueArray();
        return values.Count == list.Items.Count ? ParameterValue.List(values) : null;
    }

    /// <summary>Converts a value to the kind of a domain.</summary>
    /// <param name="value">As written.</param>
    /// <param name="domain">Of the parameter that the value is for.</param>
    /// <returns>The same number in the domain's kind; other values as they are.</returns>
    public static ParameterValue Convert(ParameterValue value, ParameterDomain domain)
    {
        if (!value.TryGetNumber(out var number))
        {
            return value;
        }

        return domain switch
        {
            RealDomain => ParameterValue.Real(number),
            IntegerDomain when Math.Abs(number) <= 1L << 53 && number == Math.Floor(number) => ParameterValue.Integer((long)number),
            _ => value,
        };
    }

    /// <summary>Describes a domain for messages.</summary>
    /// <returns>For example <c>one of adam, sgd</c>.</returns>
    public static string Describe(ParameterDomain domain) => domain switch
    {
        RealDomain real =>
            $"a number from {Number(real.Min)} to {Number(real.Max)}{(real.Step is { } step ? $" in steps of {Number(step)}" : "")}",
        IntegerDomain whole => $"a whole number from {whole.Min} to {whole.Max}{(whole.Step > 1 ? $" in steps of {whole.Step}" : "")}",
        ItemDomain items => $"one of {Display.List(items.Items.Select(Literal))}",
        _ => "true or false",
    };

    /// <summary>Writes a value as a spec would.</summary>
    /// <returns>Text that looks like something else in quotes.</returns>
    public static string Literal(ParameterValue value) =>
        value.TryGetList(out var values) ? $"[{string.Join(", ", values.Select(Literal))}]"
        : value.TryGetText(out var text) && (Scalars.Classify(text).Kind != ScalarKind.Text || text.AsSpan().IndexOfAny("[]{},") >= 0)
            ? $"\"{text}\""
        : value.ToString();

    private static string Number(double number) => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private static ParameterValue? OfItems(SpecNode node, ItemDomain domain)
    {
        if (AsItem(node) is not { } written)
        {
            return null;
        }

        foreach (var item in domain.Items)
        {
            if (item == written || (item.TryGetNumber(out var a) && written.TryGetNumber(out var b) && a == b))
            {
                return item;
            }
        }

        // An override has no quotes: "true" may be the text.
        return node is ScalarNode { Style: ScalarStyle.Bare } bare && domain.Items.Contains(ParameterValue.Text(bare.Text))
            ? ParameterValue.Text(bare.Text)
            : written;
    }
}
