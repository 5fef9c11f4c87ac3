using SearchCluster.Models.Data.Preprocessing;

namespace SearchCluster.Models.Data.Tables.Columns;

/// <summary>Says what to do about a text in a column of numbers.</summary>
internal static class NumberHint
{
    public static string For(string text, string column, NumberNotation? notation)
    {
        if (MissingTexts.AreUsual(text))
        {
            return text.Length == 0
                ? " Say what becomes of empty fields with data.missing."
                : $" If it means an empty field, say data.missing and data.missingTexts: ['{DisplayText.Shorten(text)}'].";
        }

        if (text == column)
        {
            return " It is the header once more; remove the line.";
        }

        var reading = NumberText.Read(text);
        var name = DisplayText.Shorten(column);
        return notation is { Date: not null } ? $" Its dates are read as {notation.Describe()}; say otherwise with data.dates, or data.types: {{ {name}: category }}."
            : notation is not null && (reading.Point || reading.Comma) ? $" Its other numbers are written with {notation.Describe()}; write all of them alike, or say data.decimal and data.thousands."
            : reading is { Comma: true, Point: false } ? " It looks like a decimal comma, but the other numbers have none; write all of them alike, or say data.decimal."
            : reading is { Point: true } or { Comma: true } ? " It is written unlike the other numbers; write all of them alike, or say data.decimal and data.thousands."
            : $" If the column holds texts, say data.types: {{ {name}: category }}.";
    }
}
