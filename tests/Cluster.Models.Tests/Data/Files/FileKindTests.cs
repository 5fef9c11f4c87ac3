using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Description;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Images.Formats;
using SearchCluster.Models.Data.Series;
using SearchCluster.Models.Data.Tables.Csv;
using SearchCluster.Models.Tests.Data.Images;
using SkiaSharp;

namespace SearchCluster.Models.Tests.Data.Files;

/// <summary>Whatever a file is called, each reader says what it is.</summary>
public sealed class FileKindTests : IDisposable
{
    private static readonly byte[] Png = Pictures.Png(4, 4, SKColors.Red);

    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-kinds-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, string> Kinds => new()
    {
        { "png", "a PNG image" },
        { "png.gz", "a PNG image in a gzip" },
        { "idx", "an IDX file of 3 images of 2 × 2" },
        { "idx.gz", "an IDX file of 3 images of 2 × 2 in a gzip" },
        { "gif", "a GIF image" },
        { "ppm", "a Netpbm image" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_table_that_is_none_is_named(string kind, string name)
    {
        var refused = Should.Throw<DataException>(() => CsvTable.Read(new MemoryStream(Content(kind)), "t.csv"));

        refused.Code.ShouldBe("SC3213");
        refused.Message.ShouldStartWith($"t.csv is {name}, not a table as text; ");
        refused.Message.ShouldContain(
            kind.StartsWith("idx", StringComparison.Ordinal) ? "train-labels-idx1-ubyte" : "a folder of them for each class");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_text_that_is_none_is_named(string kind, string name)
    {
        var refused = Should.Throw<DataException>(() => TextFile.Decode("t.txt", Content(kind)));

        (refused.Code, refused.Message).ShouldBe(
            ("SC3305", $"t.txt is {name}, but a text is expected; save the text itself as UTF-8."));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_file_to_learn_from_or_to_describe_is_named(string kind, string name)
    {
        var path = Write("t.csv", Content(kind));

        foreach (var refused in (DataException[])[
            Should.Throw<DataException>(() => DataDescriber.Describe(new(path, null, new SplitSpec()))),
            Should.Throw<DataException>(() => SampleReader.Read(new(path, null, new SplitSpec())))])
        {
            refused.Code.ShouldBe("SC3019");
            refused.Message.ShouldContain($"t.csv' is {name}; ");
        }
    }

    [Theory]
    [InlineData("png.gz", "is a PNG image in a gzip, but images are read as they are; unpack it first, for example with gunzip.")]
    [InlineData("idx", "is an IDX file of 3 images of 2 × 2, which is not read as one image; IDX images are read with their labels")]
    [InlineData("csv", "is a text, perhaps a table, and no image; give the image itself, or name the table .csv.")]
    [InlineData("csv.gz", "is a gzip file, which is not read as an image; unpack it first")]
    public void An_image_that_is_none_is_named(string kind, string essence)
    {
        var refused = Should.Throw<DataException>(() => ImageDecoder.Decode(Content(kind), "x.png"));

        refused.Code.ShouldBe("SC3101");
        refused.Message.ShouldContain(essence);
    }

    [Fact]
    public void A_picture_is_predicted_whatever_it_is_called()
    {
        var shape = DataShape.OfTable([], ["a", "b"]) with { Input = [3, 4, 4] };

        ImageRows.Read(Write("t.csv", Png), shape).Count.ShouldBe(1);
        ImageRows.Read(Write("t.png.gz", Content("png.gz")), shape).Count.ShouldBe(1);
        Should.Throw<DataException>(() => ImageRows.Read(Write("train-images-idx3-ubyte", Content("idx")), shape)).Message
            .ShouldContain("has 1 × 2 × 2, but the model takes 3 × 4 × 4");
        ImageRows.Read(Write("train-images-idx3-ubyte", Content("idx")), shape, ImageFit.Resize).Count.ShouldBe(3);
    }

    [Fact]
    public void A_picture_for_a_model_of_rows_is_named() =>
        Should.Throw<DataException>(() => DataInput.Open(Write("t.csv", Png), "t.csv").Table(null)).Message
            .ShouldBe("t.csv is a PNG image, but the model takes rows of a table; give a .csv file.");

    [Theory]
    [InlineData("idx", "train-images-idx3-ubyte", "train-images-idx3-ubyte is an IDX file of 3 images of 2 × 2; IDX images are read with")]
    [InlineData("png.gz", "a.png.gz", "left out: 1 .png.gz. a.png.gz is a PNG image in a gzip, but images are read as they are; unpack it")]
    [InlineData("png", "photo", "photo is a PNG image; give images their ending (PNG, JPEG")]
    public void A_folder_of_nothing_that_is_read_says_what_it_holds(string kind, string file, string essence)
    {
        Write(file, Content(kind));

        var refused = Should.Throw<DataException>(() => DataDescriber.Recognise(_folder));

        refused.Code.ShouldBe("SC3019");
        refused.Message.ShouldContain(essence);
    }

    [Theory]
    [InlineData("P1 5 a\nP2 6 b\n")]
    [InlineData("P5 5 Müller\nP6 6 b\n")]
    [InlineData("a,b\n1,2\n")]
    [InlineData("GIF8,b\n1,2\n")]
    [InlineData("BM,b\n")]
    public void A_table_is_not_taken_for_a_picture(string text) => FileKind.Of(Encoding.UTF8.GetBytes(text)).ShouldBeNull();

    [Fact]
    public void Safetensors_are_not_taken_for_a_picture()
    {
        // The length of a header of 2.8 million bytes is written like the beginning of a TIFF.
        FileKind.Of([(byte)'I', (byte)'I', 42, 0, 0, 0, 0, 0, (byte)'{', (byte)'"']).ShouldBeNull();
    }

    [Fact]
    public void A_text_in_UTF_16_is_called_so() =>
        Should.Throw<DataException>(() => TextFile.Decode("t.txt", [0xFF, 0xFE, 65, 0])).Message
            .ShouldBe("t.txt is UTF-16 (by its byte order mark); save it as UTF-8.");

    private static byte[] Content(string kind) => kind switch
    {
        "png" => Png,
        "idx" => [0, 0, 8, 3, .. Sizes(3, 2, 2), .. new byte[12]],
        "gif" => [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0],
        "ppm" => [.. "P6\n2 2\n255\n"u8, .. new byte[12]],
        "csv" => [.. "a,b\n1,2\n"u8],
        _ => Gzip(Content(kind[..^".gz".Length])),
    };

    private static byte[] Sizes(params int[] sizes)
    {
        var bytes = new byte[sizes.Length * sizeof(int)];
        for (var i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(i * sizeof(int)), sizes[i]);
        }

        return bytes;
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
