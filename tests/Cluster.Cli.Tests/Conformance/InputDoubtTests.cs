using SearchCluster.Cli.Tests.EndToEnd;
using SkiaSharp;

namespace SearchCluster.Cli.Tests.Conformance;

/// <summary>What a model is given beside what it learned from: other columns, other numbers, other kinds of files.</summary>
[Trait("Category", "EndToEnd")]
public sealed class InputDoubtTests(TrainedKinds trained) : IClassFixture<TrainedKinds>, IDisposable
{
    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task Rows_without_a_header_that_may_be_read_in_two_ways_are_told_with_what_was_taken()
    {
        // A number, three features and a class; the number is left out.
        Write("all.csv", [.. Enumerable.Range(0, 60).Select(
            i => FormattableString.Invariant($"{i + 1000},{1 + (i % 7)},{20 + (i % 5)},{300 + (i % 3)},{(i % 2 == 0 ? "yes" : "no")}"))]);
        var model = TrainedKinds.Train(
            _real.Cli.Folder,
            "mlp",
            new(Path.Combine(_real.Cli.Folder, "all.csv"), "4", new SplitSpec(), Table: new TableSpec { Exclude = ["0"] }));

        // As many columns as without the answer.
        Write("new.csv", ["2,21,301,1", "3,22,302,0", "4,23,300,1"]);
        (await _real.RunAsync($"predict {model} new.csv")).ShouldBe(0, _real.Cli.Error);

        _real.Cli.Error.ShouldContain("new.csv has 4 columns, which are taken for those that the model learned from without its answer 4. "
            + "They could as well be its features and its answer without 0");
        _real.Cli.Error.ShouldContain("3 of the model's 3 column(s) hold in most rows numbers far from all that training saw");
        _real.Cli.Error.ShouldContain("the first 21 in line 1, training 1 to 7)");
        (await _real.RunAsync($"evaluate {model} new.csv")).ShouldBe(3);
        _real.Cli.Error.ShouldContain("SC4120");

        Write("whole.csv", ["5000,2,21,301", "5001,3,22,302"]);
        (await _real.RunAsync($"predict {model} whole.csv")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Error.ShouldNotContain("far from all");
    }

    [Fact]
    public async Task Rows_that_are_written_otherwise_than_in_training_are_read_as_is_said()
    {
        string[] rows = [.. Enumerable.Range(0, 60).Select(
            i => FormattableString.Invariant($"{1 + (i % 7)}.5,{20 + (i % 5)},{(i % 2 == 0 ? "yes" : "no")}"))];
        Write("all.csv", ["60,2,yes,no", .. rows]);
        var model = TrainedKinds.Train(
            _real.Cli.Folder,
            "mlp",
            new(Path.Combine(_real.Cli.Folder, "all.csv"), "2", new SplitSpec(), Table: new() { SkipLines = 1, Header = false }));
        Write("rows.csv", rows);

        foreach (var command in (string[])["predict", "evaluate"])
        {
            (await _real.RunAsync($"{command} {model} rows.csv")).ShouldBe(3);
            _real.Cli.Error.ShouldContain("SC3214");
            (await _real.RunAsync($"{command} {model} rows.csv --skip-lines 0 --json")).ShouldBe(0, _real.Cli.Error);
            (await _real.RunAsync($"{command} {model} rows.csv --skip-lines 1")).ShouldBe(0, "it was said");
        }

        Write("comma.csv", [.. rows.Select(row => row.Replace(',', ';').Replace('.', ','))]);
        (await _real.RunAsync($"predict {model} rows.csv --skip-lines 0")).ShouldBe(0, _real.Cli.Error);
        var answers = _real.Cli.Out;
        (await _real.RunAsync($"predict {model} comma.csv --skip-lines 0 --separator ;")).ShouldBe(3);
        _real.Cli.Error.ShouldContain("say --decimal ,");
        (await _real.RunAsync($"predict {model} comma.csv --skip-lines 0 --separator ; --decimal ,")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldBe(answers);

        (await _real.RunAsync($"predict {trained.Of("pictures").Model} rows.csv --skip-lines 0")).ShouldNotBe(0);
    }

    [Fact]
    public async Task Numbers_of_another_unit_are_told_by_predict_and_evaluate()
    {
        var (model, sample) = trained.Of("numbers");
        var lines = File.ReadAllLines(sample.TestInput);
        Write("thousand.csv", [lines[0], .. lines.Skip(1).Select(line => "1000" + line[line.IndexOf(',', StringComparison.Ordinal)..])]);

        foreach (var command in (string[])["predict", "evaluate"])
        {
            (await _real.RunAsync($"{command} {model} thousand.csv")).ShouldBe(0, _real.Cli.Error);
            _real.Cli.Error.ShouldContain(
                "thousand.csv: 1 of the model's 3 column(s) hold in most rows numbers far from all that training saw");
            (await _real.RunAsync($"{command} {model} {sample.TestInput}")).ShouldBe(0, _real.Cli.Error);
            _real.Cli.Error.ShouldNotContain("far from all");
        }
    }

    [Fact]
    public async Task Steps_of_another_scale_are_told()
    {
        var (model, sample) = trained.Of("series");
        var lines = File.ReadAllLines(sample.TestInput);
        Write("high.csv", [lines[0], .. lines.Skip(1).Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)] + ",5000")]);

        (await _real.RunAsync($"predict {model} high.csv")).ShouldBe(0, _real.Cli.Error);

        _real.Cli.Error.ShouldContain("'height' (100 % of the rows, the first 5000 in line 2, training ");
    }

    [Fact]
    public async Task A_picture_is_one_whatever_it_is_called()
    {
        var (images, sample) = trained.Of("pictures");
        var picture = Directory.GetFiles(sample.TestInput, "*.png", SearchOption.AllDirectories)[0];
        Directory.CreateDirectory(_real.Cli.Folder);
        File.Copy(picture, Path.Combine(_real.Cli.Folder, "rows.csv"));
        File.WriteAllBytes(Path.Combine(_real.Cli.Folder, "one.png.gz"), InputForm.Gzip(File.ReadAllBytes(picture)));

        (await _real.RunAsync($"predict {images} rows.csv")).ShouldBe(0, _real.Cli.Error);
        var answer = _real.Cli.Out.Replace("rows.csv", "one.png.gz", StringComparison.Ordinal);
        (await _real.RunAsync($"predict {images} one.png.gz")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldBe(answer);
        (await _real.RunAsync($"predict {trained.Of("table").Model} rows.csv")).ShouldBe(3);
        _real.Cli.Error.ShouldContain("rows.csv is a PNG image, but the model takes rows of a table");
        (await _real.RunAsync($"evaluate {trained.Of("table").Model} rows.csv")).ShouldBe(3);
        _real.Cli.Error.ShouldContain("rows.csv is a PNG image, but the model takes rows of a table");
        (await _real.RunAsync("data describe rows.csv")).ShouldBe(3);
        _real.Cli.Error.ShouldContain("is a PNG image; images to learn from are a folder or archive with a folder of them for each class");
    }

    [Theory]
    [InlineData("pictures")]
    [InlineData("masks")]
    [InlineData("idx")]
    public async Task Images_of_another_size_are_fitted_as_in_training(string kind)
    {
        var data = trained.Of(kind).Sample.Data;
        var model = TrainedKinds.Train(
            _real.Cli.Folder, kind == "masks" ? "segmentation" : "cnn", data with { Images = new ImageSpec(16, 16, Fit: ImageFit.Resize) });

        foreach (var command in (string[])["predict", "evaluate"])
        {
            var line = $"{command} {model} {data.Source}{(kind == "masks" && command == "predict" ? " -o masks" : "")}";
            (await _real.RunAsync(line)).ShouldBe(0, _real.Cli.Error);
            _real.Cli.Error.ShouldContain("images have another size than the model's 16 × 16 and are scaled to it, "
                + "as in training (data.images.fit); --fit crop cuts or pads instead.");
            _real.Cli.Error.Split("have another size").Length.ShouldBe(2, "one note");
            (await _real.RunAsync(line + " --fit crop")).ShouldBe(0, _real.Cli.Error);
            _real.Cli.Error.ShouldNotContain("as in training");
            (await _real.RunAsync(line + " --fit none")).ShouldBe(3);
            _real.Cli.Error.ShouldContain("SC3104");
        }
    }

    [Fact]
    public async Task A_model_whose_training_fitted_nothing_refuses_another_size_with_the_option_that_fits_it()
    {
        var model = trained.Of("pictures").Model;
        using (var bitmap = new SKBitmap(new SKImageInfo(40, 30, SKColorType.Rgba8888, SKAlphaType.Opaque)))
        using (var file = File.Create(Path.Combine(_real.Cli.Folder, "large.png")))
        {
            bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
        }

        (await _real.RunAsync($"predict {model} large.png")).ShouldBe(3);
        _real.Cli.Error.ShouldContain("SC3104");
        _real.Cli.Error.ShouldContain("--fit resize");
        _real.Cli.Error.ShouldNotContain("Set a size");
        (await _real.RunAsync($"predict {model} large.png --fit resize")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Error.ShouldNotContain("another size");
    }

    private void Write(string name, string[] lines) => File.WriteAllLines(Path.Combine(_real.Cli.Folder, name), lines);
}
