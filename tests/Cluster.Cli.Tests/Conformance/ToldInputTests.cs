using System.Globalization;
using SearchCluster.Cli.Tests.EndToEnd;

namespace SearchCluster.Cli.Tests.Conformance;

/// <summary>What is told of new data, and in which words and forms models answer.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ToldInputTests(TrainedKinds trained) : IClassFixture<TrainedKinds>, IDisposable
{
    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task An_autoencoder_without_a_target_rebuilds_all_columns_and_dates_as_dates()
    {
        var file = Path.Combine(_real.Cli.Folder, "un.csv");
        File.WriteAllLines(file, Enumerable.Range(0, 60).Select(i => FormattableString.Invariant(
            $"{new DateTime(2020, 1, 1).AddDays(i):yyyy-MM-dd},{i * 0.5},{i % 7}.25")).Prepend("day,x,y"));
        var model = TrainedKinds.Train(
            _real.Cli.Folder, "autoencoder", new(file, null, new SplitSpec(), Table: new TableSpec { NoAnswer = true }));

        (await _real.RunAsync($"predict {model} un.csv")).ShouldBe(0, _real.Cli.Error);
        var lines = _real.Cli.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines[0].ShouldBe("day,x,y");
        lines[1].Split(',')[0].ShouldMatch("^20[0-9]{2}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2})?$");
        (await _real.RunAsync($"evaluate {model} un.csv")).ShouldBe(0, _real.Cli.Error);
    }

    [Fact]
    public async Task A_wrong_label_of_an_idx_file_is_told_with_its_file_and_number()
    {
        var (model, sample) = trained.Of("idx");
        var folder = Directory.CreateDirectory(Path.Combine(_real.Cli.Folder, "idx")).FullName;
        const string Images = "train-images-idx3-ubyte";
        File.Copy(Path.Combine(sample.Data.Source, Images), Path.Combine(folder, Images));
        byte[] labels = [0, 0, 8, 1, 0, 0, 0, 40, .. Enumerable.Range(0, 40).Select(i => (byte)(i == 5 ? 9 : i % 3))];
        File.WriteAllBytes(Path.Combine(folder, "train-labels-idx1-ubyte"), labels);

        (await _real.RunAsync($"evaluate {model} idx")).ShouldBe(3);
        _real.Cli.Error.ShouldContain("Image 5 of train-images-idx3-ubyte (from 0, label in train-labels-idx1-ubyte) has the label '9'");
    }

    [Fact]
    public async Task A_character_that_a_model_does_not_know_is_told_with_its_place()
    {
        var (model, sample) = trained.Of("text");
        var text = File.ReadAllText(sample.TestInput);
        File.WriteAllText(Path.Combine(_real.Cli.Folder, "new.txt"), text + "\u2603");

        foreach (var command in (string[])["predict", "evaluate"])
        {
            (await _real.RunAsync($"{command} {model} new.txt")).ShouldBe(3);
            _real.Cli.Error.ShouldContain("SC4121");
            _real.Cli.Error.ShouldContain(string.Create(
                CultureInfo.InvariantCulture, $"new.txt:{text.Count(sign => sign == '\n') + 1}:"));
            _real.Cli.Error.ShouldContain("(U+2603), which the training text never had");
        }
    }
}
