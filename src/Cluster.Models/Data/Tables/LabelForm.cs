using System.Globalization;

namespace SearchCluster.Models.Data.Tables;

/// <summary>What is left of a label without what people write by mistake: case, blanks, a dot at the end, the notation of a number.</summary>
internal static class LabelForm
{
    /// <summary>Brings a label into the form.</summary>
    public static string Of(string label)
    {
        var plain = string.Join(' ', label.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.', ' ').ToUpperInvariant();
        return double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : plain;
    }

    /// <summary>Finds a label that is the same in this form.</summary>
    /// <returns>Null where none is.</returns>
    public static string? Find(IEnumerable<string> labels, string wanted) => Of(wanted) is var form ? labels.FirstOrDefault(label => Of(label) == form) : null;
}
