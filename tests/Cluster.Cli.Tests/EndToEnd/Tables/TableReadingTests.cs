using System.Globalization;
using System.Text.Json;

namespace SearchCluster.Cli.Tests.EndToEnd.Tables;

/// <summary>Tables as people have them, from training to predictions: what was recognised stays with the model.</summary>
[Trait("Category", "EndToEnd")]
public sealed class TableReadingTests : IDisposable
{
    private static readonly NumberFormatInfo German = new() { NumberDecimalSeparator = "," };
    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Theory]
    [InlineData("0", "{2},{0:0.00},{1:0.00}", "{0:0.00},{1:0.00}")]
    [InlineData("1", "{0:0.00},{2},{1:0.00}", "{0:0.00},{1:0.00}")]
    public async Task A_table_without_header_is_evaluated_and_predicted_as_it_was_learned(string target, string row, string without)
    {
        _real.Cli.Write("rows.csv", Rows(row, CultureInfo.InvariantCulture));
        _real.Cli.Write("new.csv", Rows(without, CultureInfo.InvariantCulture));
        await TrainAsync($"source: ./rows.csv, target: '{target}'");

        (await AccuracyAsync($"evaluate rows rows.csv --trial 0 --target {target} --json")).ShouldBe(1);
        (await _real.RunAsync("predict rows rows.csv --trial 0")).ShouldBe(0, _real.Cli.Error);
        var predicted = _real.Cli.Out;
        Answers(predicted).ShouldBe(Answers(Rows("{2}", CultureInfo.InvariantCulture), skip: 0));
        (await _real.RunAsync("predict rows new.csv --trial 0")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldBe(predicted);
    }

    [Fact]
    public async Task Decimal_commas_and_dates_are_learned_described_and_predicted()
    {
        _real.Cli.Write("rows.csv", "height;weight;seen;kind\n" + Rows("{0:0.00};{1:0.00};{3};{2}", German));
        await TrainAsync("source: ./rows.csv");

        (await AccuracyAsync("evaluate rows rows.csv --trial 0 --target kind --json")).ShouldBe(1);
        _real.Cli.Write("new.csv", "seen;weight;height\n01.02.2026;82,5;185,25\n");
        (await _real.RunAsync("predict rows new.csv --trial 0")).ShouldBe(0, _real.Cli.Error);
        Answers(_real.Cli.Out).ShouldBe(["tall"]);

        (await _real.RunAsync("data describe rows.csv --json")).ShouldBe(0, _real.Cli.Error);
        using var report = JsonDocument.Parse(_real.Cli.Out);
        report.RootElement.GetProperty("table").GetProperty("separator").GetString().ShouldBe(";");
        report.RootElement.GetProperty("table").GetProperty("hasHeader").GetBoolean().ShouldBeTrue();
        report.RootElement
            .GetProperty("columns")
            .EnumerateArray()
            .Select(column => column.GetProperty("notation").GetString())
            .ShouldBe(["decimal ','", "decimal ','", "dates, day first", null]);
    }

    [Fact]
    public async Task Rows_come_gzipped_through_a_pipe_and_incomplete_ones_are_not_scored()
    {
        _real.Cli.Write(
            "rows.csv",
            "height,weight,kind\n" + Rows("{0:0.00},{1:0.00},{2}", CultureInfo.InvariantCulture) + "?,70.0,tall\n180.0,70.0,\n");
        await TrainAsync("source: ./rows.csv, missing: drop, missingTexts: ['?'], unseen: ignore");

        (await AccuracyAsync("evaluate rows rows.csv --trial 0 --json")).ShouldBe(1);
        _real.Cli.Error.ShouldContain("2 of 62 row(s) have an empty field");
        (await _real.RunAsync("predict rows rows.csv --trial 0")).ShouldBe(3);
        _real.Cli.Error.ShouldContain("learned from complete rows only");

        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("height,weight\n185.25,82.5\n"u8);
        }

        _real.Cli.InputBytes = packed.ToArray();
        (await _real.RunAsync("predict rows - --trial 0")).ShouldBe(0, _real.Cli.Error);
        Answers(_real.Cli.Out).ShouldBe(["tall"]);
        _real.Cli.InputBytes = [0x68, 0xF6, 0x68, 0x65, 0x0A];
        (await _real.RunAsync("predict rows - --trial 0")).ShouldBe(3);
        _real.Cli.Error.ShouldContain("<stdin> is not UTF-8");
    }

    [Fact]
    public async Task Describe_takes_what_a_spec_can_say_and_warns()
    {
        _real.Cli.Write("list.csv", "17.202:3/4/2026:x\n18.300:5/6/2026:y\n");

        (await _real.RunAsync("data describe list.csv --header no --separator : --thousands . --dates 1=month-first")).ShouldBe(
            0, _real.Cli.Error);
        _real.Cli.Out.ShouldContain("no header, separated by ':'");
        _real.Cli.Out.ShouldContain("number (decimal ',', thousands '.')");
        _real.Cli.Out.ShouldContain("dates, month first");
        _real.Cli.Out.ShouldContain("2026-03-04");

        (await _real.RunAsync("data describe list.csv --separator :")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Error.ShouldContain("of which nothing tells whether the day or the month comes first");
        (await _real.RunAsync("data describe list.csv --dates 1=dmy")).ShouldBe(2);
        _real.Cli.Error.ShouldContain("must be COLUMN=iso, COLUMN=day-first or COLUMN=month-first");
        (await _real.RunAsync("data describe list.csv --separator ab")).ShouldBe(2);
        _real.Cli.Write("years.csv", "2019,2020\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i % 7},{i % 3}\n")));
        (await _real.RunAsync("data describe years.csv")).ShouldBe(3);
        _real.Cli.Error.ShouldContain("SC3210");
    }

    [Fact]
    public async Task A_label_that_the_model_does_not_know_is_told_with_its_place()
    {
        _real.Cli.Write("rows.csv", "height,weight,kind\n" + Rows("{0:0.00},{1:0.00},{2}", CultureInfo.InvariantCulture));
        await TrainAsync("source: ./rows.csv");
        _real.Cli.Write("other.csv", "height,weight,kind\n185.5,80.5,tall\n160.5,55.5,short.\n");

        (await _real.RunAsync("evaluate rows other.csv --trial 0 --target kind")).ShouldBe(3);

        _real.Cli.Error.ShouldContain("other.csv:3:12");
        _real.Cli.Error.ShouldContain("'short.'");
    }

    private async Task TrainAsync(string data)
    {
        _real.Cli.Write("rows.yaml", $$"""
            version: 1
            name: rows
            seed: 1
            workload: { builtin: mlp, fixed: { epochs: 20, hiddenSize: 8, batchSize: 8 } }
            data: { {{data.Replace("./", _real.Cli.Folder + "/", StringComparison.Ordinal)}} }
            objective: { metric: val/loss, direction: minimize }
            space: { learningRate: { type: log, min: 0.01, max: 0.02 } }
            algorithm: { type: random }
            budget: { trials: 1 }
            """);
        (await _real.RunAsync("run rows.yaml --port 0")).ShouldBe(0, _real.Cli.Error);
    }

    private async Task<double> AccuracyAsync(string line)
    {
        (await _real.RunAsync(line)).ShouldBe(0, _real.Cli.Error);
        using var report = JsonDocument.Parse(_real.Cli.Out);
        return report.RootElement.GetProperty("metrics").GetProperty("accuracy").GetDouble();
    }

    // Two kinds that differ in both columns.
    private static string Rows(string format, IFormatProvider culture) => string.Concat(Enumerable.Range(0, 60).Select(i =>
        string.Format(culture, format, 160.25 + (i % 2 * 20) + (i % 7 * 0.5), 50.5 + (i % 2 * 30) + (i % 5 * 0.25), i % 2 == 1
            ? "tall"
            : "short", $"{1 + (i % 28):00}.{1 + (i % 12):00}.2026") + "\n"));

    private static List<string> Answers(string text, int skip = 1) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(skip).Select(line => line.Trim().Split(',')[0])];
}
