using System.Globalization;

namespace SearchCluster.Insight.Wording;

/// <summary>Parameter values as people and tables read them: a text that reads as something else is in quotes, as YAML writes it, so that
/// <c>4</c> and <c>"4"</c> of one space stay two values.</summary>
public static class ParameterText
{
    /// <summary>Writes a value with all its digits.</summary>
    /// <returns>For example <c>0.001</c>, <c>adam</c>, <c>"4"</c>, <c>[64, "true"]</c>.</returns>
    public static string Exact(ParameterValue value) =>
        value.TryGetText(out var text) ? Quoted(text)
        : value.TryGetList(out var items) ? $"[{string.Join(", ", items.Select(Exact))}]"
        : value.ToString();

    private static string Quoted(string text) => ReadsAsOther(text)
        ? $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : text;

    private static bool ReadsAsOther(string text) => text is "" or "true" or "false" or "null" or "~" or ['[' or '"', ..]
        || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
