using System.Globalization;
using SearchCluster.Cli.Tests.EndToEnd;

namespace SearchCluster.Cli.Tests.Conformance;

/// <summary>Rows of an answer and of a message are those of the file: also where some were left out, and where
/// several files are the parts.</summary>
[Trait("Category", "EndToEnd")]
public sealed class InputRowTests(TrainedKinds trained) : IClassFixture<TrainedKinds>, IDisposable
{
    private const int Window = 6;

    private readonly RealHarness _real = new();

    public static TheoryData<string, string> Parts
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var kind in (string[])["table", "numbers", "rows", "pixels", "keypoints"])
            {
                foreach (var form in InputForm.All.Where(form => form.IsOfFolders))
                {
                    all.Add(kind, form.Name);
                }
            }

            return all;
        }
    }

    public void Dispose() => _real.Dispose();

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Rows_of_parts_are_answered_one_file_behind_the_other_with_their_places(string kind, string form)
    {
        var (model, sample) = trained.Of(kind);
        var lines = File.ReadAllLines(sample.TestInput);
        (await _real.RunAsync($"predict {model} {sample.TestInput}")).ShouldBe(0, _real.Cli.Error);
        string[] plain = Rows();
        (await _real.RunAsync($"evaluate {model} {sample.TestInput}")).ShouldBe(0, _real.Cli.Error);
        var scores = _real.Cli.Out;
        Write("parts/train.csv", lines[..12]);
        Write("parts/test.csv", [lines[0], .. lines[12..]]);

        var (argument, pipe) = await InputForm.All.Single(one => one.Name == form).Make(_real, Path.Combine(_real.Cli.Folder, "parts"));
        _real.Cli.InputBytes = pipe;
        (await _real.RunAsync($"predict {model} {argument}")).ShouldBe(0, _real.Cli.Error);
        string[] rows = Rows();
        (await _real.RunAsync($"evaluate {model} {argument}")).ShouldBe(0, _real.Cli.Error);

        rows[0].ShouldBe(plain[0] + ",file,line");
        rows.Length.ShouldBe(lines.Length);
        for (var row = 1; row < rows.Length; row++)
        {
            var cells = rows[row].Split(',');
            Path.GetFileName(cells[^2]).ShouldBe(row < 12 ? "train.csv" : "test.csv");
            int.Parse(cells[^1], CultureInfo.InvariantCulture)
                .ShouldBe(row < 12 ? row + 1 : row - 10, "a line, of which the first is the header");
            string.Join(',', cells[..^2]).ShouldBe(plain[row]);
        }

        _real.Cli.Out.ShouldBe(scores);
        _real.Cli.Error.ShouldContain("All parts are scored together: 11 ");
    }

    [Theory]
    [InlineData("series", "csv", "a series is one table")]
    [InlineData("text", "txt", "a text is one file")]
    public async Task A_series_and_a_text_are_one_file(string kind, string ending, string rule)
    {
        var (model, sample) = trained.Of(kind);
        Write($"parts/train.{ending}", File.ReadAllLines(sample.TestInput));
        Write($"parts/test.{ending}", File.ReadAllLines(sample.TestInput));

        foreach (var command in (string[])["predict", "evaluate"])
        {
            (await _real.RunAsync($"{command} {model} parts")).ShouldBe(3);
            _real.Cli.Error.ShouldContain(rule);
            _real.Cli.Error.ShouldContain("name one of");
        }
    }

    [Fact]
    public async Task Several_tables_of_which_none_is_a_part_are_refused_by_name()
    {
        var (model, sample) = trained.Of("table");
        Write("two/a.csv", File.ReadAllLines(sample.TestInput));
        Write("two/b.csv", File.ReadAllLines(sample.TestInput));

        foreach (var command in (string[])[$"predict {model}", $"evaluate {model}", "data describe"])
        {
            (await _real.RunAsync($"{command} two")).ShouldBe(3);
            _real.Cli.Error.ShouldContain("two holds 2 tables (a.csv, b.csv), of which it cannot be told which are the data");
        }
    }

    [Fact]
    public async Task A_step_is_a_row_of_the_file_where_some_were_left_out()
    {
        const int All = 60;
        int[] gaps = [10, 11, 40, All - 1];
        Write("gaps.csv", ["month,height", .. Enumerable.Range(0, All)
            .Select(step => FormattableString.Invariant($"{step},{(gaps.Contains(step) ? "" : $"{Math.Sin(step / 3.0):0.000}")}"))]);
        var data = new DataSpec(
            Path.Combine(_real.Cli.Folder, "gaps.csv"),
            "height",
            new SplitSpec(),
            Format: DataFormat.Series,
            Series: new SeriesSpec(Window),
            Table: new TableSpec { Missing = MissingPolicy.Drop });
        var model = TrainedKinds.Train(_real.Cli.Folder, "lstm-regressor", data);

        (await _real.RunAsync($"predict {model} gaps.csv --steps 3")).ShouldBe(0, _real.Cli.Error);

        int[] steps = [.. Rows().Skip(1).Select(row => int.Parse(row.Split(',')[0], CultureInfo.InvariantCulture))];
        int[] kept = [.. Enumerable.Range(0, All).Except(gaps)];
        steps.ShouldBe([.. kept.Skip(Window).Select(row => row + 1), All + 1, All + 2, All + 3]);
        _real.Cli.Error.ShouldContain("gaps.csv:12:4: 4 of 60 row(s) have an empty field");
    }

    [Fact]
    public async Task Keypoints_with_gaps_are_described_predicted_and_scored_by_what_they_have()
    {
        var (_, sample) = trained.Of("keypoints");
        string[] lines = File.ReadAllLines(sample.Data.Source);
        foreach (var row in (int[])[3, 17, 70])
        {
            lines[row + 1] = "," + lines[row + 1].Split(',', 2)[1];
        }

        Write("faces.csv", lines);
        var data = new DataSpec(
            Path.Combine(_real.Cli.Folder, "faces.csv"),
            null,
            new SplitSpec(),
            Format: DataFormat.Keypoints,
            Table: new TableSpec { Missing = MissingPolicy.Drop });
        var model = TrainedKinds.Train(_real.Cli.Folder, "cnn-regressor", data);

        (await _real.RunAsync("data describe faces.csv --format keypoints --json")).ShouldBe(0, _real.Cli.Error);
        using (var report = System.Text.Json.JsonDocument.Parse(_real.Cli.Out))
        {
            report.RootElement.GetProperty("rows").GetInt32().ShouldBe(80);
            report.RootElement.GetProperty("columns")[0].GetProperty("missing").GetInt32().ShouldBe(3);
            report.RootElement.GetProperty("columns")[1].GetProperty("missing").GetInt32().ShouldBe(0);
        }

        (await _real.RunAsync($"predict {model} faces.csv")).ShouldBe(0, _real.Cli.Error);
        Rows().Length.ShouldBe(1 + 80, "no row of the file is left out");
        (await _real.RunAsync($"evaluate {model} faces.csv --json")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Error.ShouldContain("faces.csv:5: 3 of 80 row(s) lack coordinates");
        using var evaluation = System.Text.Json.JsonDocument.Parse(_real.Cli.Out);
        evaluation.RootElement.GetProperty("rows").GetInt32().ShouldBe(77);

        Write("unknown.csv", [.. lines.Select(line => line.Split(',')[^1])]);
        (await _real.RunAsync($"predict {model} unknown.csv")).ShouldBe(0, _real.Cli.Error);
        Rows().Length.ShouldBe(1 + 80, "a table without coordinates is what a model is for");
    }

    private string[] Rows() => _real.Cli.Out.TrimEnd('\n').Split('\n');

    private void Write(string name, string[] lines)
    {
        var path = Path.Combine(_real.Cli.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, lines);
    }
}
