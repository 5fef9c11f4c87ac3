using SearchCluster.Contracts.Workloads;
using SkiaSharp;

namespace SearchCluster.Cli.Tests.Conformance;

/// <summary>Small data that fit a workload, and the same test rows as files of their own.</summary>
/// <param name="Data">What a trial trains on; its last rows are the test part.</param>
/// <param name="TestInput">A file or folder with the test rows and their answers.</param>
/// <param name="AnswersWithFiles">True where predictions are pictures in a folder.</param>
internal sealed record WorkloadSample(DataSpec Data, string TestInput, bool AnswersWithFiles = false)
{
    private const int Train = 40, Known = 60, All = 80, Side = 8, Window = 6;

    private static readonly SplitSpec Split = new(
        TrainRows: new(0, Train - 1), ValidationRows: new(Train, Known - 1), TestRows: new(Known, All - 1));

    /// <summary>Makes the data of a workload.</summary>
    /// <param name="workload">Its descriptor.</param>
    /// <param name="folder">Where files go.</param>
    /// <exception cref="NotSupportedException">A workload is new: say here what it learns from.</exception>
    public static WorkloadSample For(WorkloadDescriptor workload, string folder) => workload.Name switch
    {
        "logistic-regression" or "mlp" or "tabular-resnet" => Table(folder, answersNumbers: false),
        "mlp-regressor" or "tabular-resnet-regressor" => Table(folder, answersNumbers: true),
        "autoencoder" => Table(folder, answersNumbers: false),
        "cnn" or "resnet" or "encoder-classifier" => Pixels(folder),
        "cnn-regressor" => Keypoints(folder),
        "vae" => Pictures(folder),
        "segmentation" => Masks(folder),
        "lstm" or "transformer" => Text(folder),
        "lstm-regressor" or "transformer-regressor" => Series(folder),
        var name => throw new NotSupportedException(
            $"Workload '{name}' has no sample; add what it learns from, so that all of this suite holds for it too."),
    };

    /// <summary>The data as a spec says them.</summary>
    public string Section()
    {
        var lines = new List<string> { "data:", $"  source: '{Data.Source}'" };
        Add(Data.Target is null, $"  target: {Data.Target}");
        Add(Data.Format is null, $"  format: {Data.Format.ToString()!.ToLowerInvariant()}");
        Add(Data.Table?.Answer is null, $"  answer: {Data.Table?.Answer.ToString()!.ToLowerInvariant()}");
        Add(Data.Images is null, $"  images: {{ width: {Data.Images?.Width}, height: {Data.Images?.Height} }}");
        Add(Data.Series is null, $"  series: {{ window: {Data.Series?.Window} }}");
        lines.Add("  split:");
        lines.Add($"    trainRows: {Rows(Data.Split.TrainRows)}");
        lines.Add($"    validationRows: {Rows(Data.Split.ValidationRows)}");
        lines.Add($"    testRows: {Rows(Data.Split.TestRows)}");
        return string.Join('\n', lines);

        void Add(bool isLeftOut, string line)
        {
            if (!isLeftOut)
            {
                lines.Add(line);
            }
        }

        static string Rows(RowRange? rows) => $"{rows!.First}-{rows.Last}";
    }

    private static WorkloadSample Table(string folder, bool answersNumbers)
    {
        var stream = new RandomStream(3);
        var rows = Enumerable.Range(0, All).Select(i =>
        {
            var (a, b) = (stream.NextGaussian(), stream.NextGaussian());
            var answer = answersNumbers ? FormattableString.Invariant($"{1000 + (40 * a) - (7 * b):R}") : a + b > 0 ? "high" : "low";
            return FormattableString.Invariant($"{a:R},{(b > 0 ? "red" : "blue")},{b:R},{answer}");
        }).ToList();
        return Csv(folder, "a,colour,b,answer", rows, new("", "answer", Split, Table: new TableSpec
        {
            Answer = answersNumbers ? TargetKind.Numbers : null,
        }));
    }

    private static WorkloadSample Pixels(string folder)
    {
        var stream = new RandomStream(4);
        var rows = Enumerable.Range(0, All)
            .Select(i => string.Join(',', Enumerable.Range(0, Side * Side)
                .Select(p => ((int)(stream.NextDouble() * 8) + (p % 3 == i % 3 ? 8 : 0)).ToString())) + $",class{i % 3}")
            .ToList();
        return Csv(
            folder,
            string.Join(',', Enumerable.Range(0, Side * Side).Select(p => $"p{p}")) + ",label",
            rows,
            new("", "label", Split, Images: new ImageSpec(Side, Side)));
    }

    private static WorkloadSample Keypoints(string folder)
    {
        var rows = Enumerable.Range(0, All)
            .Select(i => (X: i % Side, Y: i * 3 % Side))
            .Select(dot => (dot, Pixels: Enumerable.Range(0, Side * Side).Select(p => p == (dot.Y * Side) + dot.X ? 255 : p)))
            .Select(image => $"{image.dot.X},{image.dot.Y},{string.Join(' ', image.Pixels)}")
            .ToList();
        return Csv(folder, "x,y,Image", rows, new("", null, Split, Format: DataFormat.Keypoints));
    }

    private static WorkloadSample Pictures(string folder)
    {
        for (var i = 0; i < All; i++)
        {
            var name = $"{(i < All / 2 ? "dark" : "light")}/{i:D3}.png";
            Save(Path.Combine(folder, "all", name), i, new SKColor((byte)(i * 3), 40, 90), new SKColor(200, (byte)(255 - i), 10));
            if (i >= Known)
            {
                Save(
                    Path.Combine(folder, "test", $"{i:D3}.png"),
                    i,
                    new SKColor((byte)(i * 3), 40, 90),
                    new SKColor(200, (byte)(255 - i), 10));
            }
        }

        return new(new(Path.Combine(folder, "all"), null, Split), Path.Combine(folder, "test"), AnswersWithFiles: true);
    }

    private static WorkloadSample Masks(string folder)
    {
        foreach (var (part, first) in ((string, int)[])[("all", 0), ("test", Known)])
        {
            for (var i = first; i < All; i++)
            {
                Save(Path.Combine(folder, part, "images", $"{i:D3}.png"), i, new SKColor(200, 200, 200), new SKColor(20, 20, 20));
                Save(Path.Combine(folder, part, "targets", $"{i:D3}.png"), i, new SKColor(255, 0, 0), new SKColor(0, 0, 255));
            }
        }

        return new(new(Path.Combine(folder, "all"), null, Split), Path.Combine(folder, "test"), AnswersWithFiles: true);
    }

    // Characters beyond U+FFFF are characters.
    private static WorkloadSample Text(string folder)
    {
        var text = string.Concat(Enumerable.Repeat("ab😀c🚀é\n", All)).EnumerateRunes().Take((All * Window) + 1).ToArray();
        var (all, test) = (Path.Combine(folder, "song.txt"), Path.Combine(folder, "test.txt"));
        File.WriteAllText(all, string.Concat(text));
        File.WriteAllText(test, string.Concat(text[(Known * Window)..]));
        return new(new(all, null, Split, Format: DataFormat.Text, Series: new SeriesSpec(Window)), test);
    }

    private static WorkloadSample Series(string folder)
    {
        var steps = Enumerable.Range(0, All + Window)
            .Select(step => FormattableString.Invariant($"{step},{100 + (30 * Math.Sin(step / 3.0)):R}"))
            .ToList();
        var (all, test) = (Path.Combine(folder, "wave.csv"), Path.Combine(folder, "test.csv"));
        File.WriteAllLines(all, steps.Prepend("month,height"));
        File.WriteAllLines(test, steps.Skip(Known).Prepend("month,height"));
        return new(new(all, "height", Split, Format: DataFormat.Series, Series: new SeriesSpec(Window)), test);
    }

    private static WorkloadSample Csv(string folder, string header, List<string> rows, DataSpec data)
    {
        var (all, test) = (Path.Combine(folder, "all.csv"), Path.Combine(folder, "test.csv"));
        File.WriteAllLines(all, rows.Prepend(header));
        File.WriteAllLines(test, rows.Skip(Known).Prepend(header));
        return new(data with { Source = all }, test);
    }

    private static void Save(string path, int number, SKColor above, SKColor below)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var bitmap = new SKBitmap(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var i = 0; i < Side * Side; i++)
        {
            bitmap.SetPixel(i % Side, i / Side, i / Side < 2 + (number % 5) ? above : below);
        }

        using var file = File.Create(path);
        bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
    }
}
