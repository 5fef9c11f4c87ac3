using SearchCluster.Models.Data.Preprocessing;

namespace SearchCluster.Models.Data.Tables.Columns;

/// <summary>Says what to do about a text in a column of numbers.</summary>
internal static class NumberHint
{
    /// <summary>Where a model reads the rows, so that nothing that a spec can say makes the text usable.</summary>
    public const string Correct = " Correct the field, or leave the row out.";

    /// <summary>The same where empty fields are filled.</summary>
    public const string CorrectOrEmpty = " Correct the field, leave it empty, or leave the row out.";

    /// <summary>For a column of a series, which has numbers alone.</summary>
    public const string Series =
        " A series holds numbers only: correct the field, or leave the column out of data.features and data.target.";

    /// <summary>For numbers that are to be answered.</summary>
    public const string Answer = " If the column holds classes, leave out data.answer and take a classifier, such as workload mlp.";

    /// <summary>For numbers that become two classes.</summary>
    public const string Split = " If the column holds classes already, leave out data.threshold and data.medianSplit.";

    /// <summary>Says it.</summary>
    /// <param name="text">What is no number.</param>
    /// <param name="column">Name of the column.</param>
    /// <param name="notation">How its numbers are written; null for plainly.</param>
    /// <param name="textHint">What to do where the column holds texts; null where it may be a category.</param>
    public static string For(string text, string column, NumberNotation? notation, string? textHint = null)
    {
        if (textHint is Correct or CorrectOrEmpty)
        {
            return ForModel(text, notation, textHint);
        }

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
        return notation is { Date: not null }
            ? $" Its dates are read as {notation.Describe()}; say otherwise with "
                + $"data.dates{(textHint is null ? $", or data.types: {{ {name}: category }}" : "")}."
            : notation is not null && (reading.Point || reading.Comma)
                ? $" Its other numbers are written with {notation.Describe()}; write all of them alike, or say data.decimal and "
                    + $"data.thousands."
            : reading is { Comma: true, Point: false }
                ? " It looks like a decimal comma, but the other numbers have none; write all of them alike, or say data.decimal."
            : reading is { Point: true } or { Comma: true }
                ? " It is written unlike the other numbers; write all of them alike, or say data.decimal and data.thousands."
            : textHint ?? $" If the column holds texts, say data.types: {{ {name}: category }}.";
    }

    private static string ForModel(string text, NumberNotation? notation, string hint)
    {
        if (MissingTexts.AreUsual(text))
        {
            return hint == CorrectOrEmpty
                ? $" The model fills empty fields, but did not learn that '{DisplayText.Shorten(text)}' means one: leave the field empty, "
                    + $"or say --missing-text {DisplayText.Shorten(text)}."
                : " The model learned from columns without empty fields: correct the field, or leave the row out.";
        }

        if (notation?.Date is { } order)
        {
            var said = Enum.GetValues<DateOrder>().Cast<DateOrder?>().FirstOrDefault(
                other => other != order && DateText.TryParse(text, other!.Value, out _));
            return $" The model reads this column as {notation.Describe()}, such as {Example(order)}; write all of them "
                + $"alike{(said is null ? "" : $", or say --dates COLUMN={Word(said.Value)}")}.";
        }

        var reading = NumberText.Read(text);
        var mark = notation?.Decimal ?? ".";
        return mark == "." && reading is { Comma: true, Point: false }
            ? " It looks like a decimal comma, but the model reads numbers with a decimal point: if all of the file have one, say "
                + "--decimal ,"
            : mark == "," && reading is { Point: true, Comma: false }
                ? " It looks like a decimal point, but the model reads numbers with a decimal comma: if all of the file have one, say "
                    + "--decimal ."
            : notation is not null
                ? $" The model reads numbers that are written as {notation.Describe()}; write all of them alike, or say --decimal and "
                    + $"--thousands."
            : reading is { Point: true } or { Comma: true }
                ? " It is written unlike the numbers that the model learned from; write all of them alike, or say --decimal and "
                    + "--thousands."
            : hint;
    }

    private static string Example(DateOrder order) => order switch
    {
        DateOrder.DayFirst => "26.12.2020",
        DateOrder.MonthFirst => "12/26/2020",
        _ => "2020-12-26",
    };

    private static string Word(DateOrder order) => order switch
    {
        DateOrder.DayFirst => "day-first",
        DateOrder.MonthFirst => "month-first",
        _ => "iso",
    };
}
