using System.Globalization;
using System.Text.Json;
using SkiaSharp;

namespace SearchCluster.Cli.Tests.EndToEnd.Predicting;

/// <summary>Ensembles built after a search, and models scored on data with answers, from real training.</summary>
[Trait("Category", "EndToEnd")]
public sealed class EnsembleCommandTests : IDisposable
{
    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task An_ensemble_is_built_shown_and_evaluated_long_after_the_search()
    {
        _real.Cli.Write("flowers.yaml", """
            version: 1
            name: flowers
            workload: { builtin: mlp, fixed: { epochs: 15, batchSize: 8 } }
            data: { source: ./flowers.csv, split: { train: 0.5, validation: 0.25, test: 0.25 } }
            objective: { metric: val/loss, direction: minimize }
            space:
              hiddenSize: { type: int, min: 4, max: 16 }
              learningRate: { type: log, min: 3.0e-3, max: 3.0e-2 }
            budget: { trials: 4 }
            """.Replace("./", _real.Cli.Folder + "/", StringComparison.Ordinal));
        var stream = new RandomStream(3);
        var rows = string.Concat(Enumerable.Range(0, 90)
            .Select(i => string.Create(
                CultureInfo.InvariantCulture,
                $"{(i % 3) + (0.3 * stream.NextGaussian()):R},"
                    + $"{(i % 2 == 0 ? "wet" : "dry")},{new[] { "rose", "tulip", "lily" }[i % 3]}\n")));
        _real.Cli.Write("flowers.csv", "height,place,kind\n" + rows);
        (await _real.RunAsync("run flowers.yaml --port 0 --slots 1 --json")).ShouldBe(0, _real.Cli.Error);

        (await _real.RunAsync("ensemble build flowers --members 6 --json")).ShouldBe(0, _real.Cli.Error);
        using (var built = JsonDocument.Parse(_real.Cli.Out))
        {
            built.RootElement.GetProperty("type").GetString().ShouldBe("greedy");
            built.RootElement
                .GetProperty("ensemble")
                .GetProperty("metrics")
                .GetProperty("test/accuracy")
                .GetDouble()
                .ShouldBeGreaterThan(0.7);
            built.RootElement
                .GetProperty("ensemble")
                .GetProperty("gains")
                .GetProperty("test/loss")
                .GetProperty("high")
                .GetDouble()
                .ShouldBeGreaterThan(-1);
        }

        (await _real.RunAsync("ensemble show flowers")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldContain("selected greedily");
        (await _real.RunAsync("evaluate flowers flowers.csv --json")).ShouldBe(0, _real.Cli.Error);
        using (var evaluated = JsonDocument.Parse(_real.Cli.Out))
        {
            evaluated.RootElement.GetProperty("rows").GetInt32().ShouldBe(90);
            evaluated.RootElement.GetProperty("metrics").GetProperty("accuracy").GetDouble().ShouldBeGreaterThan(0.7);
            var classes = evaluated.RootElement.GetProperty("perClass").EnumerateArray().ToList();
            classes.Select(one => $"{one.GetProperty("class").GetString()} {one.GetProperty("count").GetInt64()}")
                .ShouldBe(["lily 30", "rose 30", "tulip 30"]);
            classes.Average(one => one.GetProperty("f1").GetDouble())
                .ShouldBe(evaluated.RootElement.GetProperty("metrics").GetProperty("f1").GetDouble(), 1e-12);
            classes.Average(one => one.GetProperty("recall").GetDouble())
                .ShouldBe(evaluated.RootElement.GetProperty("metrics").GetProperty("accuracy").GetDouble(), 1e-12);
            evaluated.RootElement
                .GetProperty("confusion")
                .EnumerateArray()
                .Sum(row => row.EnumerateArray().Sum(count => count.GetInt32()))
                .ShouldBe(90);
        }

        (await _real.RunAsync("export flowers -o taken --json")).ShouldBe(0, _real.Cli.Error);
        using (var exported = JsonDocument.Parse(_real.Cli.Out))
        {
            var files = exported.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetString()!).ToArray();
            files.ShouldContain("README.md");
            files.ShouldContain("ensemble.json");
            files.Count(file => file.EndsWith(".safetensors", StringComparison.Ordinal))
                .ShouldBe(exported.RootElement.GetProperty("models").GetArrayLength());
            files.ShouldBe(Directory.GetFiles(Path.Combine(_real.Cli.Folder, "taken")).Select(Path.GetFileName), ignoreOrder: true);
        }

        // What was taken away is an ensemble like the one it comes from.
        (await _real.RunAsync("evaluate taken flowers.csv")).ShouldBe(0, _real.Cli.Error);
        (await _real.RunAsync("export flowers --trial 1 -o one")).ShouldBe(0, _real.Cli.Error);
        File.ReadAllText(Path.Combine(_real.Cli.Folder, "one", "README.md")).ShouldContain("| `layers.0.weight` | F32 |");
        (await _real.RunAsync("export flowers -o taken")).ShouldBe(7);
        _real.Cli.Error.ShouldContain("is not empty");

        // A damaged member: one sentence, and nothing half done.
        File.WriteAllText(Directory.GetFiles(Path.Combine(_real.Cli.Folder, "taken"), "*.scm")[^1], "cut");
        (await _real.RunAsync("export taken -o never")).ShouldBe(3);
        Directory.GetFileSystemEntries(_real.Cli.Folder, "never*").ShouldBeEmpty();

        (await _real.RunAsync("evaluate flowers flowers.csv --target place")).ShouldNotBe(0);
        _real.Cli.Error.ShouldContain("holds the label 'wet', which the model does not know");
        (await _real.RunAsync("ensemble build flowers --combine mean")).ShouldBe(2);
    }

    [Fact]
    public async Task Images_are_searched_predicted_and_evaluated()
    {
        for (var i = 0; i < 24; i++)
        {
            Save($"shapes/{(i % 2 == 0 ? "bright" : "dark")}/{i}.png", 8, i % 2 == 0 ? (byte)(200 + i) : (byte)(20 + i));
        }

        Save("new/one.png", 16, 210);
        _real.Cli.Write("shapes.yaml", """
            version: 1
            name: shapes
            workload: { builtin: cnn, fixed: { epochs: 6, batchSize: 4, channels: 4, blocks: 1 } }
            data: { source: ./shapes, split: { train: 0.5, validation: 0.25, test: 0.25 } }
            objective: { metric: val/loss, direction: minimize }
            space:
              learningRate: { type: log, min: 3.0e-3, max: 3.0e-2 }
            budget: { trials: 2 }
            ensemble: { type: top-k, members: 2 }
            """.Replace("./", _real.Cli.Folder + "/", StringComparison.Ordinal));
        (await _real.RunAsync("run shapes.yaml --port 0 --slots 1 --json")).ShouldBe(0, _real.Cli.Error);

        (await _real.RunAsync("predict shapes new --fit resize")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldContain("\nbright,");
        _real.Cli.Out.ShouldEndWith(",one.png\n");
        (await _real.RunAsync("predict shapes shapes --json")).ShouldBe(0, _real.Cli.Error);
        using (var predicted = JsonDocument.Parse(_real.Cli.Out))
        {
            var classes = predicted.RootElement.GetProperty("predictions").EnumerateArray().Select(label => label.GetString()!);
            predicted.RootElement
                .GetProperty("images")
                .EnumerateArray()
                .Select(image => image.GetString()!.Split('/')[0])
                .ShouldBe(classes);
        }

        (await _real.RunAsync("predict shapes new/one.png")).ShouldNotBe(0);
        _real.Cli.Error.ShouldContain("data.images");
        (await _real.RunAsync("evaluate shapes shapes")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldStartWith("24 rows\n");
    }

    private void Save(string path, int side, byte brightness)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(new SKColor(brightness, brightness, (byte)(brightness / 2)));
        var full = Path.Combine(_real.Cli.Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        using var file = File.Create(full);
        bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
    }
}
