using System.Globalization;
using System.Text.Json;
using SkiaSharp;

namespace SearchCluster.Cli.Tests.EndToEnd.Predicting;

/// <summary>What models of series, texts and masks say, from real training to files.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PredictionKindTests : IDisposable
{
    private const int Side = 16;

    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task A_series_is_forecast_continued_and_evaluated()
    {
        var values = Enumerable.Range(0, 200).Select(step => Math.Sin(step * Math.PI / 6)).ToArray();
        _real.Cli.Write(
            "wave.csv",
            "month,height\n" + string.Concat(values.Select((value, step) => FormattableString.Invariant($"{step},{value:R}\n"))));
        await SearchAsync("wave", """
            workload: { builtin: lstm-regressor, fixed: { epochs: 30, hiddenSize: 16, batchSize: 16 } }
            data:
              source: ./wave.csv
              format: series
              target: height
              series: { window: 12 }
              split: { train: 0.6, validation: 0.2, test: 0.2 }
            objective: { metric: val/mse, direction: minimize }
            space: { learningRate: { type: log, min: 0.01, max: 0.02 } }
            """);

        (await _real.RunAsync("predict wave wave.csv")).ShouldBe(0, _real.Cli.Error);
        var rows = Rows();
        rows[0].ShouldBe(["step", "height"]);
        rows.Count.ShouldBe(1 + 189, "a window of 12 fits 189 times into 200 steps");
        (rows[1][0], rows[^1][0]).ShouldBe(("13", "201"));
        Number(rows[^1][1]).ShouldBe(Math.Sin(200 * Math.PI / 6), 0.15);

        (await _real.RunAsync("predict wave wave.csv --steps 12 --json")).ShouldBe(0, _real.Cli.Error);
        using (var forecast = JsonDocument.Parse(_real.Cli.Out))
        {
            var future = forecast.RootElement
                .GetProperty("predictions")
                .EnumerateArray()
                .Where(row => row.GetProperty("isFuture").GetBoolean())
                .ToList();
            future.Select(row => row.GetProperty("step").GetInt32()).ShouldBe(Enumerable.Range(201, 12));
            future.ShouldAllBe(row => Math.Abs(
                row.GetProperty("values")[0].GetDouble() - Math.Sin((row.GetProperty("step").GetInt32() - 1) * Math.PI / 6)) < 0.4);
        }

        (await _real.RunAsync("evaluate wave wave.csv --json")).ShouldBe(0, _real.Cli.Error);
        using (var evaluation = JsonDocument.Parse(_real.Cli.Out))
        {
            evaluation.RootElement.GetProperty("rows").GetInt32().ShouldBe(188);
            evaluation.RootElement.GetProperty("metrics").GetProperty("r2").GetDouble().ShouldBeGreaterThan(0.9);
        }

        await IsRefusedAsync("predict wave wave.csv --fit resize", "--fit is of images");
        await IsRefusedAsync(
            "predict wave wave.csv --probabilities", "--probabilities adds a column for each class, but the model names no class");
        await IsRefusedAsync("predict wave wave.csv --steps 3 --temperature 2", "--temperature is of the characters");
        await IsRefusedAsync("predict wave wave.csv --draw-seed 2", "it is one of a series");
        await IsRefusedAsync("evaluate wave wave.csv --fit crop", "--fit is of images");
        await IsRefusedAsync("evaluate wave wave.csv --target height", "--target names the column of the answer");

        _real.Cli.Write("short.csv", "month,height\n1,0\n2,0.5\n");
        (await _real.RunAsync("predict wave short.csv")).ShouldBe(3);
        _real.Cli.Error.ShouldContain("the model looks at 12 steps");
    }

    // Who gives an option expects it to change the answer.
    private async Task IsRefusedAsync(string line, string words)
    {
        (await _real.RunAsync(line)).ShouldBe(2, line);
        _real.Cli.Error.ShouldContain(words);
    }

    [Fact]
    public async Task A_text_is_written_on_and_evaluated()
    {
        _real.Cli.Write("song.txt", string.Concat(Enumerable.Repeat("abcd\n", 200)));
        await SearchAsync("song", """
            workload: { builtin: lstm, fixed: { epochs: 12, hiddenSize: 16, batchSize: 16 } }
            data: { source: ./song.txt, format: text, series: { window: 6, stride: 1 }, split: { train: 0.6, validation: 0.2, test: 0.2 } }
            objective: { metric: val/loss, direction: minimize }
            space: { learningRate: { type: log, min: 0.01, max: 0.02 } }
            """);
        _real.Cli.Write("start.txt", "cd\na");

        (await _real.RunAsync("predict song start.txt")).ShouldBe(0, _real.Cli.Error);
        Rows()[1][0].ShouldBe("b");
        (await _real.RunAsync("predict song start.txt --steps 9 --temperature 0")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldBe("cd\nabcd\nabcd\n\n");
        (await _real.RunAsync("predict song start.txt --steps 50 --temperature 5 --json")).ShouldBe(0, _real.Cli.Error);
        var first = _real.Cli.Out;
        (await _real.RunAsync("predict song start.txt --steps 50 --temperature 5 --json")).ShouldBe(0);
        _real.Cli.Out.ShouldBe(first, "the same seed draws the same characters");
        (await _real.RunAsync("predict song start.txt --steps 50 --temperature 5 --draw-seed 1 --json")).ShouldBe(0);
        _real.Cli.Out.ShouldNotBe(first);

        (await _real.RunAsync("evaluate song song.txt --json")).ShouldBe(0, _real.Cli.Error);
        using (var evaluation = JsonDocument.Parse(_real.Cli.Out))
        {
            evaluation.RootElement.GetProperty("metrics").GetProperty("accuracy").GetDouble().ShouldBe(1);
        }

        await IsRefusedAsync(
            "predict song start.txt --temperature 2", "--temperature is of the characters that --steps draws, but --steps is not given.");
        await IsRefusedAsync("predict song start.txt --fit crop", "it is one of a text");
        await IsRefusedAsync("predict song start.txt --steps 2 --probabilities", "leave one of the two out");
        await IsRefusedAsync("evaluate song song.txt --target a", "the model needs none");
        _real.Cli.Write("start.txt", "xyz");
        (await _real.RunAsync("predict song start.txt")).ShouldBe(3);
        _real.Cli.Error.ShouldContain("U+0078");
        (await _real.RunAsync("predict song start.txt --steps 3 --temperature -1")).ShouldBe(2);
    }

    [Fact]
    public async Task A_text_is_not_written_on_by_a_model_that_looks_further_ahead()
    {
        _real.Cli.Write("song.txt", string.Concat(Enumerable.Repeat("abcd\n", 60)));
        await SearchAsync("ahead", """
            workload: { builtin: lstm, fixed: { epochs: 1, hiddenSize: 4 } }
            data: { source: ./song.txt, format: text, series: { window: 6, horizon: 2 }, split: { train: 0.6, validation: 0.2, test: 0.2 } }
            objective: { metric: val/loss, direction: minimize }
            space: { learningRate: { type: log, min: 0.01, max: 0.02 } }
            """);
        _real.Cli.Write("start.txt", "abcd\nabcd");

        (await _real.RunAsync("predict ahead start.txt")).ShouldBe(0, _real.Cli.Error);
        (await _real.RunAsync("predict ahead start.txt --steps 3")).ShouldBe(2);
        _real.Cli.Error.ShouldContain("the model answers the character 2 further on");
    }

    [Fact]
    public async Task Masks_are_written_as_pictures_evaluated_and_combined()
    {
        for (var i = 0; i < 24; i++)
        {
            Save($"cells/images/{i}.png", Side, i, new SKColor(200, 200, 200), new SKColor(20, 20, 20));
            Save($"cells/targets/{i}.png", Side, i, new SKColor(255, 0, 0), new SKColor(0, 0, 255));
        }

        Save("new/one.png", 2 * Side, 6, new SKColor(200, 200, 200), new SKColor(20, 20, 20));
        await SearchAsync("cells", """
            workload: { builtin: segmentation, fixed: { epochs: 12, batchSize: 4, depth: 2, channels: 4 } }
            data: { source: ./cells, split: { train: 0.5, validation: 0.25, test: 0.25 } }
            objective: { metric: val/loss, direction: minimize }
            space: { learningRate: { type: log, min: 0.01, max: 0.03 } }
            """);

        (await _real.RunAsync("predict cells new")).ShouldBe(2);
        _real.Cli.Error.ShouldContain("--output must name a folder");
        (await _real.RunAsync("predict cells new -o masks --fit resize --json")).ShouldBe(0, _real.Cli.Error);
        using (var masks = JsonDocument.Parse(_real.Cli.Out))
        {
            var mask = masks.RootElement.GetProperty("masks")[0];
            mask.GetProperty("width").GetInt32().ShouldBe(2 * Side, "a mask is as large as its image");
            using var picture = SKBitmap.Decode(mask.GetProperty("file").GetString());
            picture.GetPixel(Side, 2).ShouldBe(new SKColor(255, 0, 0));
            picture.GetPixel(Side, (2 * Side) - 3).ShouldBe(new SKColor(0, 0, 255));
            mask.GetProperty("shares").EnumerateArray().Sum(share => share.GetDouble()).ShouldBe(1, 1e-9);
        }

        File.Copy(Path.Combine(_real.Cli.Folder, "new", "one.png"), Path.Combine(_real.Cli.Folder, "new", "one.jpg"));
        (await _real.RunAsync("predict cells new -o both --fit resize")).ShouldBe(0, _real.Cli.Error);
        Directory.GetFiles(Path.Combine(_real.Cli.Folder, "both"))
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["one.jpg.png", "one.png.png"]);

        (await _real.RunAsync("predict cells cells -o known")).ShouldBe(0, _real.Cli.Error);
        Directory.GetFiles(Path.Combine(_real.Cli.Folder, "known")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(
                Enumerable.Range(0, 24).Select(i => $"{i}.png").Order(StringComparer.Ordinal),
                "masks have the names of their images");

        (await _real.RunAsync("evaluate cells cells --json")).ShouldBe(0, _real.Cli.Error);
        using (var evaluation = JsonDocument.Parse(_real.Cli.Out))
        {
            evaluation.RootElement.GetProperty("metrics").GetProperty("iou").GetDouble().ShouldBeGreaterThan(0.9);
            evaluation.RootElement
                .GetProperty("perClass")
                .EnumerateArray()
                .Average(one => one.GetProperty("iou").GetDouble())
                .ShouldBe(evaluation.RootElement.GetProperty("metrics").GetProperty("iou").GetDouble(), 1e-12);
            evaluation.RootElement
                .GetProperty("confusion")
                .EnumerateArray()
                .Sum(row => row.EnumerateArray().Sum(count => count.GetInt64()))
                .ShouldBe(24 * Side * Side);
        }

        foreach (var type in (string[])["greedy", "bagging", "folds"])
        {
            (await _real.RunAsync($"ensemble build cells --type {type} --members 2 --json")).ShouldBe(0, _real.Cli.Error);
            using var built = JsonDocument.Parse(_real.Cli.Out);
            var metrics = built.RootElement.GetProperty("ensemble").GetProperty("metrics");
            metrics.GetProperty("test/accuracy").GetDouble().ShouldBeGreaterThan(0.9);
            metrics.GetProperty("test/imageIou").GetDouble().ShouldBeInRange(0.8, 1);
            metrics.GetProperty("test/iou").GetDouble().ShouldBeInRange(0.8, 1);
        }

        (await _real.RunAsync("ensemble build cells --type adaboost")).ShouldBe(2);
        _real.Cli.Error.ShouldContain("a class for each pixel");
    }

    private async Task SearchAsync(string name, string sections)
    {
        _real.Cli.Write(
            name + ".yaml",
            $"version: 1\nname: {name}\n{sections.Replace("./", _real.Cli.Folder + "/", StringComparison.Ordinal)}\n"
                + $"budget: {{ trials: 2 }}\nensemble: {{ type: top-k, members: 2 }}\n");
        (await _real.RunAsync($"run {name}.yaml --port 0 --slots 1 --json")).ShouldBe(0, _real.Cli.Error);
        using var result = JsonDocument.Parse(_real.Cli.Out);
        result.RootElement.GetProperty("ensembleState").GetString().ShouldBe("built", _real.Cli.Out);
    }

    private List<string[]> Rows() => [.. _real.Cli.Out.TrimEnd().Split('\n').Select(line => line.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // Two colours, one above the other; the number tells where they meet.
    private void Save(string path, int side, int number, SKColor above, SKColor below)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                bitmap.SetPixel(x, y, y * Side < side * (4 + (number % 8)) ? above : below);
            }
        }

        var full = Path.Combine(_real.Cli.Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        using var file = File.Create(full);
        bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
    }
}
