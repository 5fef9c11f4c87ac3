using System.Globalization;
using SearchCluster.Artifacts.Data;
using SearchCluster.Cli.Data;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Data;
using SearchCluster.Cli.Rendering;
using SearchCluster.Insight.Wording;
using SearchCluster.Models.Data.Description;

namespace SearchCluster.Cli.Commands.Data;

/// <summary>Says what data are, to people.</summary>
internal static class DataReport
{
    private const int BarWidth = 40;
    private const int MostClasses = 30;

    /// <summary>Tells what was registered, and how a spec names it.</summary>
    public static void Registered(CommandContext context, RegisteredData data, string what, string? hint)
    {
        var source = DataSpec.RegisteredPrefix + data.Name;
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(new DataDocument(DataSetJson.Of(data), source), CliJsonContext.Default.DataDocument);
            return;
        }

        context.Output.Data.WriteLine($"{data.Sha256}  {data.Name}");
        context.Output.Note(
            $"{what} {data.Name}: {Format.Count(data.Files, "file")}, {Format.Mebibytes(data.Bytes)}, format "
                + $"{DataFormats.Word(data.Format)}, {SafeText.Of(data.Path)}");
        context.Output.Note(
            $"  in a spec: data: {{ source: {source}{(hint is null ? "" : ", " + hint)} }}   look at it: searchcluster data describe "
                + $"{data.Name}");
    }

    public static void Description(CommandContext context, RegisteredData? registered, DataDescription data)
    {
        var output = context.Output.Data;
        if (registered is not null)
        {
            Line("data set", $"{registered.Name}, SHA-256 {registered.Sha256}");
            Line("path", registered.Path);
        }

        Line("format", DataFormats.Word(data.Format));
        Line("rows", $"{data.Rows.ToString("#,0", CultureInfo.InvariantCulture)} of {data.Shape}");
        if (data.Table is { } table)
        {
            Line(
                "read as",
                $"{(table.HasHeader ? "first line is the header" : "no header")}, separated by {TableSeparators.Describe(table.Separator)}"
                    + $"{(table.IsSaid ? "" : " (recognised; say otherwise with --header and --separator)")}");
        }

        if (data.Parts is { } parts)
        {
            Line("parts", string.Create(
                CultureInfo.InvariantCulture, $"{parts.Train:#,0} to train, {parts.Validation:#,0} to validate, {parts.Test:#,0} to test"));
        }

        if (data.Channels.Count > 0)
        {
            Line(
                "pixels",
                "mean " + string.Join(" / ", data.Channels.Select(channel => Format.Number(channel.Mean))) + ", deviation " + string.Join(
                    " / ", data.Channels.Select(channel => Format.Number(channel.Deviation))) + " (from 0 to 1)");
        }

        if (data.Symbols is { } symbols)
        {
            Line("symbols", $"{symbols} different characters");
        }

        if (data.Columns.Count > 0)
        {
            output.WriteLine();
            context.Output.DataConsole.Write(Columns(data.Columns));
        }

        if (data.Classes.Count > 0)
        {
            output.WriteLine();
            Classes(output, data);
        }

        foreach (var warning in data.Warnings)
        {
            context.Output.Warn(warning);
        }

        void Line(string name, string text) => output.WriteLine($"{name,-10} {SafeText.Of(text)}");
    }

    private static Spectre.Console.Table Columns(ValueArray<ColumnDescription> columns)
    {
        var table = Tables.New("column", "type", "missing", "distinct", "min", "mean", "sd", "max", "most frequent");
        foreach (var column in columns)
        {
            table.Row(
                column.Name,
                Type(column),
                $"{column.Missing}",
                $"{column.Distinct}",
                Number(column, column.Minimum),
                Number(column, column.Mean),
                Number(column.Deviation),
                Number(column, column.Maximum),
                string.Join(", ", column.Frequent.Select(text => $"{Format.Shorten(text.Label, 20)} {text.Count}")));
        }

        return table;
    }

    private static void Classes(TextWriter output, DataDescription data)
    {
        var total = Math.Max(1, data.Classes.Sum(entry => entry.Count) + data.Void);
        var shown = data.Classes.Take(MostClasses).ToList();
        if (data.Void > 0)
        {
            shown.Add(new("(no class)", data.Void));
        }

        var (width, most) = (Math.Max(5, shown.Max(entry => SafeText.Of(entry.Label).Length)), Math.Max(
            1, shown.Max(entry => entry.Count)));
        output.WriteLine($"{"class".PadRight(width)}  {(data.CountsPixels ? "pixels" : "rows"),12}");
        foreach (var entry in shown)
        {
            var bar = new string('█', (int)Math.Round((double)entry.Count / most * BarWidth));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{SafeText.Of(entry.Label).PadRight(width)}  {entry.Count,12:#,0}  {bar} {Format.Percent((double)entry.Count / total)}"));
        }

        if (data.Classes.Count > MostClasses)
        {
            output.WriteLine($"… {Counted.Of(data.Classes.Count, "class")} in all");
        }
    }

    private static string Type(ColumnDescription column) => column.Type == ColumnType.Category ? "category"
        : (column.Notation, column.Unreadable) switch
        {
            (null, 0) => "number",
            (var notation, 0) => column.IsDate ? notation : $"number ({notation})",
            (null, var texts) => $"number ({Format.Count(texts, "text")})",
            (var notation, var texts) => $"number ({notation}; {Format.Count(texts, "text")})",
        };

    private static string Number(ColumnDescription column, double? value) => column.IsDate && value is { } days
        ? DateTime.UnixEpoch.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : Number(value);

    private static string Number(double? value) => value is { } number ? Format.Exact(number) : "";
}
