using System.IO.Compression;
using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Images.Formats;
using SearchCluster.Models.Native;
using SearchCluster.TestKit.Data;
using SkiaSharp;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Data;

public sealed class ImageReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-images-").FullName;

    public ImageReaderTests() => TorchRuntime.Initialize();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_that_is_no_table_given_to_a_model_of_tables_is_told_with_its_name()
    {
        var shape = new DataShape([64], TargetKind.Numbers, [], [], ["y"]);

        Should.Throw<DataException>(() => ImageRows.Read("notes.md", shape)).Message
            .ShouldBe("notes.md would be read as images, but the model takes rows of 64 numbers; give a .csv file.");
    }

    [Fact]
    public void A_folder_for_each_class_is_read_with_its_parts()
    {
        Write("train/cat/a.png", Png(4, 4, SKColors.Red));
        Write("train/dog/b.png", Png(4, 4, SKColors.Lime));
        Write("val/cat/c.png", Png(4, 4, SKColors.Red));
        Write("test/dog/d.png", Png(4, 4, SKColors.Blue));
        Write("train/dog/notes.txt", [1]);

        var data = Create(new(_folder, null, new SplitSpec()));

        data.Shape.ClassLabels.ShouldBe(["cat", "dog"]);
        data.Shape.Input.ShouldBe([3L, 4, 4]);
        (data.Train.Rows, data.Validation.Rows, data.Test!.Rows).ShouldBe((2, 1, 1));
        data.Train.Inputs.sum([2L, 3L]).data<long>().ToArray().ShouldBe([4_080L, 0, 0, 0, 4_080, 0]);
        data.Test.Targets.item<long>().ShouldBe(1);
    }

    [Fact]
    public void An_archive_is_read_like_a_folder()
    {
        var archive = Path.Combine(_folder, "set.zip");
        using (var zip = ZipFile.Open(archive, ZipArchiveMode.Create))
        {
            foreach (var path in new[] { "set/a/1.png", "set/a/2.png", "set/b/1.png", "__MACOSX/set/a/1.png" })
            {
                using var entry = zip.CreateEntry(path).Open();
                entry.Write(Png(2, 2, SKColors.White));
            }
        }

        var samples = SampleReader.Read(new(archive, null, new SplitSpec()));

        samples.Rows.ShouldBe(3);
        samples.Strata!.ShouldBe([0, 0, 1]);
    }

    [Fact]
    public void The_limit_takes_from_all_classes()
    {
        foreach (var path in new[] { "a/1.png", "a/2.png", "a/3.png", "b/1.png", "b/2.png" })
        {
            Write(path, Png(2, 2, SKColors.White));
        }

        SampleReader.Read(new(_folder, null, new SplitSpec(), Limit: 3)).Strata!.ShouldBe([0, 0, 1]);
    }

    [Fact]
    public void Bad_images_are_refused_by_what_is_wrong_with_them()
    {
        var good = Png(8, 8, SKColors.Red);

        Should.Throw<DataException>(() => ImageDecoder.Decode(Encoding.UTF8.GetBytes("text"), "x.png")).Code.ShouldBe("SC3101");
        Should.Throw<DataException>(() => ImageDecoder.Decode([], "x.png")).Code.ShouldBe("SC3101");
        Should.Throw<DataException>(() => ImageDecoder.Decode(Noise(32)[..^40], "x.png")).Code.ShouldBe("SC3102");
        Should.Throw<DataException>(() => ImageDecoder.Decode(WithSize(good, 40_000, 40_000), "x.png")).Code
            .ShouldBeOneOf("SC3101", "SC3103");
        ImageDecoder.Decode(good, "x.png").Height.ShouldBe(8);
    }

    [Fact]
    public void Different_sizes_are_told_with_two_examples_and_can_be_fitted()
    {
        Write("a/1.png", Png(4, 4, SKColors.White));
        Write("b/1.png", Png(8, 6, SKColors.White));

        var refused = Should.Throw<DataException>(() => SampleReader.Read(new(_folder, null, new SplitSpec())));
        refused.Code.ShouldBe("SC3104");
        refused.Message.ShouldContain("b/1.png has 3 × 6 × 8, but a/1.png has 3 × 4 × 4");
        var cropped = Create(new(
            _folder, null, new SplitSpec(0.5, 0.5, 0, Stratify: false), Images: new(Width: 8, Height: 8, Channels: 1, Fit: ImageFit.Crop)));
        cropped.Shape.Input.ShouldBe([1L, 8, 8]);
        cat([cropped.Train.Inputs, cropped.Validation.Inputs])
            .sum([1L, 2L, 3L])
            .data<long>()
            .ToArray()
            .Order()
            .ShouldBe([16L * 255, 48L * 255]);
        Create(new(
            _folder,
            null,
            new SplitSpec(0.5, 0.5, 0, Stratify: false),
            Images: new(Width: 4, Height: 4, Fit: ImageFit.Resize))).Train.Inputs
            .min()
            .item<byte>()
            .ShouldBe((byte)255);
    }

    [Fact]
    public void Channels_and_classes_that_do_not_fit_are_told()
    {
        Write("a/1.png", Png(4, 4, SKColors.White));
        Should.Throw<DataException>(() => SampleReader.Read(new(_folder, null, new SplitSpec()))).Code.ShouldBe("SC3009");
        Directory.Delete(Path.Combine(_folder, "a"), recursive: true);
        Should.Throw<DataException>(() => SampleReader.Read(new(_folder, null, new SplitSpec()))).Code.ShouldBe("SC3019");
    }

    [Fact]
    public void Grey_is_a_weighted_mean_of_the_colours()
    {
        ImageDecoder.Decode(Png(1, 1, new SKColor(100, 50, 200)), "x.png").WithChannels(1).Bytes.ShouldBe([(byte)82]);
    }

    [Fact]
    public void Colours_of_targets_are_classes_and_black_is_void()
    {
        Write("images/p.png", Png(2, 2, SKColors.White));
        Write("images/q.png", Png(2, 2, SKColors.White));
        Write("targets/p_GT.png", Png(2, 2, SKColors.Red, (0, 0, SKColors.Black)));
        Write("targets/q_GT.png", Png(2, 2, SKColors.Lime));
        Write("train.txt", Encoding.UTF8.GetBytes("p.png\n"));
        Write("val.txt", Encoding.UTF8.GetBytes("q.png\n"));

        var data = Create(new(_folder, null, new SplitSpec(), Images: new(Width: 4, Height: 4, Fit: ImageFit.Crop)));

        data.Shape.Target.ShouldBe(TargetKind.Mask);
        data.Shape.ClassLabels.ShouldBe(["#00ff00", "#ff0000"]);
        data.Train.Targets
            .to(ScalarType.Int64)
            .data<long>()
            .ToArray()
            .ShouldBe([-1L, -1, -1, -1, -1, -1, 1, -1, -1, 1, 1, -1, -1, -1, -1, -1]);
        data.Validation.Targets.to(ScalarType.Int64).data<long>().ToArray().Count(k => k == 0).ShouldBe(4);
    }

    [Fact]
    public void A_missing_target_is_told()
    {
        Write("images/p.png", Png(2, 2, SKColors.White));
        Write("targets/q_GT.png", Png(2, 2, SKColors.Red));

        Should.Throw<DataException>(() => SampleReader.Read(new(_folder, null, new SplitSpec()))).Message
            .ShouldContain("image images/p.png has no target targets/p_GT.png");
    }

    [Theory]
    [InlineData("targets/p.png", "targets/p_GT.png")]
    [InlineData("images/a/p.png", "images/b/p.png")]
    public void Two_files_of_one_name_are_told(string first, string second)
    {
        Write("images/q.png", Png(2, 2, SKColors.White));
        Write("targets/q.png", Png(2, 2, SKColors.Lime));
        Write("images/p.png", Png(2, 2, SKColors.White));
        Write("targets/p.png", Png(2, 2, SKColors.Red));
        Write(first, Png(2, 2, SKColors.Red));
        Write(second, Png(2, 2, SKColors.Red));

        var refused = Should.Throw<DataException>(() => SampleReader.Read(new(_folder, null, new SplitSpec())));

        refused.Code.ShouldBe("SC3105");
        refused.Message.ShouldContain($"{first} and {second} have the same name");
    }

    [Fact]
    public void Damaged_and_exploding_archives_are_refused()
    {
        File.WriteAllBytes(Path.Combine(_folder, "bad.zip"), Encoding.UTF8.GetBytes("PK but no archive"));
        Should.Throw<DataException>(() => FileTree.Open(Path.Combine(_folder, "bad.zip"))).Code.ShouldBe("SC3122");

        var bomb = Path.Combine(_folder, "bomb.zip");
        using (var zip = ZipFile.Open(bomb, ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("a/1.png", CompressionLevel.Fastest).Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 300; i++)
            {
                entry.Write(zeros);
            }
        }

        Should.Throw<DataException>(() => FileTree.Open(bomb)).Code.ShouldBe("SC3123");
    }

    [Fact]
    public void Cifar_batches_are_read_and_checked()
    {
        Write("data_batch_1.bin", [3, .. Enumerable.Repeat((byte)7, 3_072), 9, .. Enumerable.Repeat((byte)8, 3_072)]);
        var samples = SampleReader.Read(new(_folder, null, new SplitSpec()));
        samples.Strata!.ShouldBe([3, 9]);

        Write("data_batch_1.bin", new byte[3_072]);
        Should.Throw<DataException>(() => SampleReader.Read(new(_folder, null, new SplitSpec()))).Code.ShouldBe("SC3111");
        Write("data_batch_1.bin", [10, .. new byte[3_072]]);
        Should.Throw<DataException>(() => SampleReader.Read(new(_folder, null, new SplitSpec()))).Message
            .ShouldContain("record 0 has class 10");
    }

    [Fact]
    public void Keypoints_are_numbers_beside_a_square_image()
    {
        Write("training.csv", Encoding.UTF8.GetBytes("x,y,Image\n1,2,0 128 255 1\n,4,1 2 3 4\n5,6,9 9 9 9\n"));
        Write("val.csv", Encoding.UTF8.GetBytes("x,y,Image\n3,3,5 5 5 5\n"));
        var spec = new DataSpec(_folder, null, new SplitSpec(), Table: new() { Missing = MissingPolicy.Drop });

        var data = Create(spec);

        data.Shape.TargetNames.ShouldBe(["x", "y"]);
        (data.Train.Rows, data.Validation.Rows).ShouldBe((2, 1));
        data.Train.Inputs[0].data<byte>().ToArray().ShouldBe([(byte)0, 128, 255, 1]);
        data.TargetScaling.Mean.ShouldBe([3f, 4f]);
        Should.Throw<DataException>(() => SampleReader.Read(spec with { Table = null })).Code.ShouldBe("SC3004");
        Write("val.csv", Encoding.UTF8.GetBytes("x,y,Image\n3,3,5 5 5\n"));
        Should.Throw<DataException>(() => SampleReader.Read(spec)).Code.ShouldBe("SC3104");
    }

    [Theory]
    [InlineData("cifar10/cifar10.zip", 1_000, "3×32×32", 10)]
    [InlineData("cifar10/cifar-10-batches-bin", 4_000, "3×32×32", 10)]
    [InlineData("nuclei-dsb2018/nuclei.zip", 40, "3×256×256", 2)]
    [InlineData("msrc-v2/segmentation_data.zip", 40, "3×64×64", 0)]
    [InlineData("facial-keypoints/facial_keypoints.zip", 60, "1×96×96", 30)]
    public void Real_data_are_recognised_and_read(string path, int rows, string input, int outputs)
    {
        var isSegmentation = path.StartsWith("msrc", StringComparison.Ordinal);
        var spec = new DataSpec(
            RealData.Require(path),
            null,
            new SplitSpec(),
            Limit: rows == 60 ? 30 : rows,
            Format: path.StartsWith("facial", StringComparison.Ordinal) ? DataFormat.Keypoints : null,
            Images: isSegmentation ? new(64, 64, Fit: ImageFit.Resize) : null);

        var data = Create(spec);

        (data.Train.Rows + data.Validation.Rows + (data.Test?.Rows ?? 0)).ShouldBe(rows);
        string.Join('×', data.Shape.Input).ShouldBe(input);
        (isSegmentation ? 0 : data.Shape.Outputs).ShouldBe(outputs);
    }

    private static DataSet Create(DataSpec spec) => DataSet.Create(SampleReader.Read(spec), spec.Split, 1, CPU);

    private static byte[] Png(int width, int height, SKColor colour, params (int X, int Y, SKColor Colour)[] dots)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(colour);
        foreach (var (x, y, dot) in dots)
        {
            bitmap.SetPixel(x, y, dot);
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static byte[] Noise(int side)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var i = 0; i < side * side; i++)
        {
            bitmap.SetPixel(i % side, i / side, new SKColor((byte)(i * 37), (byte)(i * 91), (byte)(i * 53)));
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    // Width and height of a PNG are the eight bytes from 16 on.
    private static byte[] WithSize(byte[] png, int width, int height)
    {
        byte[] changed = [.. png];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(20), height);
        return changed;
    }

    private void Write(string path, byte[] content)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
    }
}
