using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Native;
using SearchCluster.Models.Tests.Data.Images;
using SkiaSharp;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Data.Files;

/// <summary>Which data were read, for each kind of source: a copy is the same, whatever else changed is not.</summary>
public sealed class DataIdentityTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-identity-").FullName;

    public DataIdentityTests() => TorchRuntime.Initialize();

    // Source, format, the file that changes (null for the only one), and one that the reader does not look at (null for none).
    public static TheoryData<string, DataFormat?, string?, string?> Kinds => new()
    {
        { "table.csv", null, null, null },
        { "table.csv.gz", null, null, null },
        { "series.csv", DataFormat.Series, null, null },
        { "text.txt", null, null, null },
        { "parts", null, "test.csv", "notes.md" },
        { "parts.zip", null, "train.csv", "notes.md" },
        { "images", null, "b/1.png", "a/notes.md" },
        { "images.zip", null, "a/0.png", "a/notes.md" },
        { "pairs", null, "masks/2.png", "notes.md" },
        { "keypoints.csv", DataFormat.Keypoints, null, null },
        { "mnist", null, "train-labels-idx1-ubyte", "notes.md" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_copy_is_the_same_and_changed_bytes_are_not(string source, DataFormat? format, string? changes, string? ignored)
    {
        var first = Read(Make("here", source), format);
        var copy = Read(Make("there", source), format);
        var changed = Read(Make("changed", source, changes), format);
        var besides = ignored is null ? first : Read(Make("besides", source, extra: ignored), format);

        first.Sha256.Length.ShouldBe(64);
        first.Bytes.ShouldBeGreaterThan(0);
        first.Rows!.Value.ShouldBeGreaterThan(0);
        copy.IsSameAs(first).ShouldBeTrue();
        besides.IsSameAs(first).ShouldBeTrue(ignored);
        changed.IsSameAs(first).ShouldBeFalse();
    }

    [Fact]
    public void A_file_has_the_hash_that_sha256sum_prints()
    {
        var path = Make("here", "table.csv");

        Read(path, null).Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
    }

    [Fact]
    public void A_file_more_in_a_class_makes_other_data()
    {
        var path = Make("here", "images");
        var before = Read(path, null);

        File.WriteAllBytes(Path.Combine(path, "a", "9.png"), Pictures.Png(4, 4, SKColors.Blue));

        var after = Read(path, null);
        after.IsSameAs(before).ShouldBeFalse();
        after.DescribeChange(path, before).ShouldContain($"they were {before.Rows} rows, {before.Files} files");
        after.Files.ShouldBe(before.Files + 1);
    }

    [Fact]
    public void Data_of_the_product_have_none() => DataSetCache.Shared.Get(Trials.Digits, 42, CPU).Identity.ShouldBeNull();

    [Fact]
    public void A_trial_is_refused_other_data_than_those_before_it()
    {
        var path = Make("here", "table.csv");
        var plan = Trials.Plan(data: new DataSpec(path, null, new SplitSpec()));
        var first = Trials.Run(Trials.Assignment(Trials.Sane(epochs: 2), plan));
        var data = first.Reports[0].Data.ShouldNotBeNull();
        first.Reports[1].Data.ShouldBeNull();

        File.WriteAllBytes(path, Content("table.csv", isChanged: true));
        var refused = Trials.Run(Trials.Assignment(Trials.Sane(epochs: 2), plan with { KnownData = data }, trial: 1));

        refused.Failure.Kind.ShouldBe(TrialFailureKind.Misconfigured);
        refused.Failure.Message.ShouldStartWith($"SC3311 Data '{path}' are not those");
        refused.Failure.Message.ShouldEndWith("--name NEW.");
        refused.Reports.ShouldBeEmpty();

        File.WriteAllBytes(path, Content("table.csv", isChanged: false));
        Trials.Run(Trials.Assignment(Trials.Sane(epochs: 2), plan with { KnownData = data }, trial: 1)).Result.LastResource.ShouldBe(2);
    }

    [Fact]
    public void Data_that_change_between_the_folds_of_a_trial_end_it()
    {
        var path = Make("here", "table.csv");
        var plan = Trials.Plan(data: new DataSpec(path, null, new SplitSpec(Folds: 3)));

        var run = Trials.Run(
            Trials.Assignment(Trials.Sane(epochs: 1), plan),
            onReport: (_, _) => File.WriteAllBytes(path, Content("table.csv", isChanged: true)));

        run.Failure.Message.ShouldStartWith("SC3311 ");
        run.Reports.Count.ShouldBe(1);
    }

    private static DataIdentity Read(string path, DataFormat? format)
    {
        var series = format == DataFormat.Series || path.EndsWith(".txt", StringComparison.Ordinal) ? new SeriesSpec(Window: 4) : null;
        return SampleReader.Read(new DataSpec(path, null, new SplitSpec(), Format: format, Series: series)).Identity.ShouldNotBeNull();
    }

    private string Make(string place, string source, string? changes = null, string? extra = null)
    {
        var path = Path.Combine(_folder, place, source);
        var isAlone = changes is null && place == "changed";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (source.Split('.')[0] is not ("parts" or "images" or "pairs" or "mnist"))
        {
            File.WriteAllBytes(path, Content(source, isAlone));
            return path;
        }

        var files = Tree(source.Split('.')[0]).ToDictionary(file => file, file => Content(file, file == changes));
        if (extra is not null)
        {
            files[extra] = "not data"u8.ToArray();
        }

        if (source.EndsWith(".zip", StringComparison.Ordinal))
        {
            using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }
        else
        {
            foreach (var (name, content) in files)
            {
                var file = Path.Combine(path, name);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, content);
            }
        }

        return path;
    }

    private static string[] Tree(string kind) => kind switch
    {
        "parts" => ["train.csv", "test.csv"],
        "images" => [.. Enumerable.Range(0, 4).SelectMany(i => (string[])[$"a/{i}.png", $"b/{i}.png"])],
        "pairs" => [.. Enumerable.Range(0, 4).SelectMany(i => (string[])[$"images/{i}.png", $"masks/{i}.png"])],
        _ => ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"],
    };

    private static byte[] Content(string file, bool isChanged) => file switch
    {
        "text.txt" =>
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40).Select(i => "abcde"[i * i % 5])) + (isChanged ? "a" : "b")),
        "table.csv.gz" => Gzip(Table(isChanged)),
        "keypoints.csv" => Encoding.UTF8.GetBytes(
            "x,y,Image\n" + string.Concat(Enumerable.Range(0, 5).Select(i => $"{i},{(isChanged && i == 4 ? 7 : 1)},1 2 3 4\n"))),
        "train-images-idx3-ubyte" => [0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 2, .. Enumerable.Range(0, 16).Select(i => (byte)i)],
        "train-labels-idx1-ubyte" => [0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 0, (byte)(isChanged ? 0 : 1)],
        _ when file.EndsWith(".png", StringComparison.Ordinal) =>
            Pictures.Png(4, 4, isChanged ? SKColors.Blue : file.StartsWith('a') || file == "masks/1.png" ? SKColors.Red : SKColors.Lime),
        _ => Table(isChanged),
    };

    private static byte[] Table(bool isChanged) =>
        Encoding.UTF8.GetBytes("a,b,c\n" + string.Concat(Enumerable.Range(0, 30).Select(
            i => string.Create(CultureInfo.InvariantCulture, $"{i % 7}.5,{i * i % 11},{(i == 29 && isChanged ? 1 - (i % 2) : i % 2)}\n"))));

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
