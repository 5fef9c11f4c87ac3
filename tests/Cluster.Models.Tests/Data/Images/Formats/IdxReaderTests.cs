using System.IO.Compression;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Splits;

namespace SearchCluster.Models.Tests.Data.Images.Formats;

public sealed class IdxReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-idx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Images_and_labels_are_read_with_the_test_part_they_bring()
    {
        Write("train-images-idx3-ubyte", Images(6));
        Write("train-labels-idx1-ubyte.gz", Gzip(Labels(0, 1, 2, 0, 1, 2)));
        Write("t10k-images-idx3-ubyte.gz", Gzip(Images(2)));
        Write("t10k-labels-idx1-ubyte", Labels(2, 1));

        var samples = SampleReader.Read(Spec);
        var split = DataSplit.Create(samples, new SplitSpec(Stratify: false), 1);

        samples.Rows.ShouldBe(8);
        samples.Strata!.ShouldBe([0, 1, 2, 0, 1, 2, 2, 1]);
        split.Test.ShouldBe([6, 7]);
        split.Train.Length.ShouldBe(4);   // 0.6 / 0.8 of six, by largest remainder
        split.Train.Concat(split.Validation).Order().ShouldBe(Enumerable.Range(0, 6));
    }

    [Theory]
    [InlineData("SC3110", "magic 0x00000802 expected", 2)]
    [InlineData("SC3111", "short", 3)]
    [InlineData("SC3112", "long", 3)]
    public void A_file_that_is_not_what_its_header_says_is_refused(string code, string how, int dimensions)
    {
        var images = Images(2);
        images[3] = (byte)dimensions;
        Write("train-images-idx3-ubyte", how switch { "short" => images[..^1], "long" => [.. images, 0], _ => images });
        Write("train-labels-idx1-ubyte", Labels(0, 1));

        Should.Throw<DataException>(() => SampleReader.Read(Spec)).Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("t10k-images-idx3-ubyte", false)]
    [InlineData("digits.idx.gz", true)]
    public void Images_without_labels_can_be_answered_alone_and_as_the_only_file_of_a_folder(string name, bool isPacked)
    {
        Write(name, isPacked ? Gzip(Images(3)) : Images(3));
        var shape = new DataShape([1, Images(1)[11], Images(1)[15]], TargetKind.Class, [], ["0", "1"], []);

        foreach (var source in new[] { Path.Combine(_folder, name), _folder })
        {
            var rows = ImageRows.Read(source, shape);

            rows.Names.ShouldBe(["0", "1", "2"]);
            rows.AreFiles.ShouldBeFalse();
            rows.Pixels.ShouldBe(Images(3)[16..]);
        }

        Should.Throw<DataException>(() => ImageRows.Read(Path.Combine(_folder, name), shape, classes: ["0", "1"])).Message
            .ShouldContain("IDX images are read with their labels");
    }

    [Fact]
    public void Of_several_files_of_images_one_has_to_be_named()
    {
        Write("a.idx", Images(3));
        Write("b.idx", Images(3));

        Should.Throw<DataException>(() => ImageRows.Read(_folder, new([1, 2, 3], TargetKind.Class, [], ["0", "1"], []))).Message
            .ShouldContain("a.idx is an IDX file of 3 images of 2 × 3; name one such file to have it answered.");
    }

    [Fact]
    public void Different_counts_of_images_and_labels_are_told()
    {
        Write("train-images-idx3-ubyte", Images(2));
        Write("train-labels-idx1-ubyte", Labels(0, 1, 1));

        var refused = Should.Throw<DataException>(() => SampleReader.Read(Spec));

        refused.Code.ShouldBe("SC3113");
        refused.Message.ShouldContain("2 images");
        refused.Message.ShouldContain("3 labels");
    }

    [Fact]
    public void A_damaged_gzip_is_told()
    {
        var packed = Gzip(Images(2));
        packed[^6] ^= 0xFF;
        Write("train-images-idx3-ubyte.gz", packed);
        Write("train-labels-idx1-ubyte", Labels(0, 1));

        Should.Throw<DataException>(() => SampleReader.Read(Spec)).Code.ShouldBe("SC3121");
    }

    [Fact]
    public void Channels_are_filled_or_refused()
    {
        Write("train-images-idx3-ubyte", Images(2));
        Write("train-labels-idx1-ubyte", Labels(0, 1));

        var colours = (SearchCluster.Models.Data.Images.ImageSamples)SampleReader.Read(Spec with { Images = new(Channels: 3) });

        colours.Pixels.ToArray().Take(18).ShouldBe([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]);
        Should.Throw<DataException>(() => SampleReader.Read(Spec with { Images = new(Channels: 4) })).Code.ShouldBe("SC3301");
        Should.Throw<DataException>(() => SampleReader.Read(Spec with { Images = new(8, 8) })).Code.ShouldBe("SC3104");
    }

    [Fact]
    public void Half_a_test_part_is_told()
    {
        Write("train-images-idx3-ubyte", Images(2));
        Write("train-labels-idx1-ubyte", Labels(0, 1));
        Write("t10k-images-idx3-ubyte", Images(2));

        SampleReader.Read(Spec).Notes.ShouldHaveSingleItem().ShouldContain("t10k-images-idx3-ubyte is there without its labels");
    }

    private DataSpec Spec => new(_folder, null, new SplitSpec());

    private static byte[] Images(int count) =>
        [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 2, 0, 0, 0, 3, .. Enumerable.Range(0, count * 6).Select(i => (byte)i)];

    private static byte[] Labels(params byte[] labels) => [0, 0, 8, 1, 0, 0, 0, (byte)labels.Length, .. labels];

    private static byte[] Gzip(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var packer = new GZipStream(memory, CompressionLevel.Fastest))
        {
            packer.Write(content);
        }

        return memory.ToArray();
    }

    private void Write(string name, byte[] content) => File.WriteAllBytes(Path.Combine(_folder, name), content);
}
