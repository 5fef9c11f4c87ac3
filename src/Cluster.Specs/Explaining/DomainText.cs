using System.Globalization;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Explaining;

/// <summary>Writes the values that a parameter can take, as specs name them.</summary>
public static class DomainText
{
    /// <summary>The type of a parameter, as in the field <c>type</c> of a spec.</summary>
    /// <param name="domain">Its values.</param>
    /// <returns><c>float</c>, <c>log</c>, <c>int</c>, <c>logint</c>, <c>item</c> or <c>bool</c>.</returns>
    public static string Type(ParameterDomain domain) => domain switch
    {
        RealDomain real => real.IsLog ? "log" : "float",
        IntegerDomain whole => whole.IsLog ? "logint" : "int",
        ItemDomain => "item",
        _ => "bool",
    };

    /// <summary>The values of a parameter.</summary>
    /// <param name="domain">Its values.</param>
    /// <param name="isWhole">False to cut a list after ten items.</param>
    /// <returns>Bounds and step, or the list.</returns>
    public static string Range(ParameterDomain domain, bool isWhole = false) => domain switch
    {
        RealDomain real => $"{Number(real.Min)} … {Number(real.Max)}{(real.Step is { } step ? $" step {Number(step)}" : "")}",
        IntegerDomain whole => $"{Number(whole.Min)} … {Number(whole.Max)}{(whole.Step > 1 ? $" step {Number(whole.Step)}" : "")}",
        ItemDomain items when isWhole => string.Join(", ", items.Items.Select(ValueBinder.Literal)),
        ItemDomain items => Display.List(items.Items.Select(ValueBinder.Literal)),
        _ => "true, false",
    };

    internal static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
