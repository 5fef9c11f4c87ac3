using System.Globalization;
using System.Text.Json;
using SearchCluster.Specs;
using SkiaSharp;

namespace SearchCluster.Cli.Tests.EndToEnd.Authoring;

/// <summary>Every template of <c>spec new</c> runs once its data are filled in.</summary>
[Trait("Category", "EndToEnd")]
public sealed class SpecTemplateTests : IDisposable
{
    private const string Short = "--set workload.fixed.epochs=2 --set budget.trials=2 --port 0 --slots 1 --json";

    private readonly RealHarness _real = new();

    public static TheoryData<string> Templates { get; } = [.. SpecTemplates.Names.Where(name => name != "transfer")];

    public void Dispose() => _real.Dispose();

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task A_template_runs(string template)
    {
        using var result = await RunAsync(template, template switch
        {
            "minimal" => "--set budget.trials=3 --port 0 --slots 1 --json",
            "digits" or "grid" => "--set data.limit=200 " + Short,
            "mlp" => $"--set data.source={Table("label", row => row % 2 == 0 ? "yes" : "no")} {Short}",
            "regression" => $"--set data.source={Table("price", row => $"{row * 3}")} {Short}",
            "images" or "encoder" => $"--set data.source={Photos()} {Short}",
            "keypoints" => $"--set data.source={Points()} {Short}",
            "segmentation" => $"--set data.source={Masks()} --set data.images.width=32 --set data.images.height=32 {Short}",
            "series" => $"--set data.source={Series()} {Short}",
            "text" => $"--set data.source={Write("text.txt", string.Concat(Enumerable.Repeat("a line of a text, and one more. ", 60)))} "
                + $"{Short}",
            _ => throw new InvalidOperationException($"Template {template} has no data here."),
        });

        result.RootElement.GetProperty("search").GetProperty("state").GetString().ShouldBe("completed");
    }

    [Fact]
    public async Task The_template_of_stage_two_takes_the_encoder_of_stage_one()
    {
        var photos = Photos();
        (await RunAsync("encoder", $"--set data.source={photos} {Short}")).Dispose();

        using var result = await RunAsync("transfer", $"--set data.source={photos} {Short}");

        result.RootElement
            .GetProperty("search")
            .GetProperty("best")
            .GetProperty("metrics")
            .GetProperty("test/accuracy").ValueKind
            .ShouldBe(JsonValueKind.Number);
    }

    private async Task<JsonDocument> RunAsync(string template, string settings)
    {
        (await _real.RunAsync($"spec new {template}.search.yaml --template {template}")).ShouldBe(0, _real.Cli.Error);
        (await _real.RunAsync($"run {template}.search.yaml {settings}")).ShouldBe(0, _real.Cli.Error);
        return JsonDocument.Parse(_real.Cli.Out);
    }

    private string Table(string target, Func<int, string> answer) =>
        Write("table.csv", $"x,colour,{target}\n" + string.Concat(
            Enumerable.Range(0, 100).Select(row => $"{row % 7},{(row % 3 == 0 ? "red" : "blue")},{answer(row)}\n")));

    private string Photos()
    {
        for (var i = 0; i < 30; i++)
        {
            Save(
                $"photos/{(i % 2 == 0 ? "day" : "night")}/{i}.png",
                20 + i,
                new SKColor((byte)(i % 2 == 0 ? 200 : 20), 90, 60),
                SKColors.Gray);
        }

        return Path.Combine(_real.Cli.Folder, "photos");
    }

    private string Masks()
    {
        for (var i = 0; i < 12; i++)
        {
            Save($"masks/images/{i}.png", 40, new SKColor(200, 200, (byte)(10 * i)), new SKColor(30, 30, 30));
            Save($"masks/targets/{i}.png", 40, SKColors.Red, SKColors.Blue);
        }

        return Path.Combine(_real.Cli.Folder, "masks");
    }

    private string Series() => Write(
        "series.csv",
        "t,value\n" + string.Concat(Enumerable.Range(0, 150).Select(
            t => string.Create(CultureInfo.InvariantCulture, $"{t},{Math.Sin(t / 3.0):R}\n"))));

    // One bright pixel in sixteen by sixteen; its place is to be found.
    private string Points()
    {
        string Rows(int count) =>
            "x,y,Image\n" + string.Concat(Enumerable.Range(0, count).Select(i => (X: i % 16, Y: i * 5 % 16)).Select(dot =>
                $"{dot.X},{dot.Y},{string.Join(' ', Enumerable.Range(0, 256).Select(p => p == (dot.Y * 16) + dot.X ? 255 : 0))}\n"));
        Write("points/training.csv", Rows(40));
        return Path.GetDirectoryName(Write("points/val.csv", Rows(12)))!;
    }

    private string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_real.Cli.Folder, name))!);
        return _real.Cli.Write(name, text);
    }

    private void Save(string path, int side, SKColor above, SKColor below)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(above);
        bitmap.Erase(below, new SKRectI(0, side / 2, side, side));
        var full = Path.Combine(_real.Cli.Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        using var file = File.Create(full);
        bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
    }
}
