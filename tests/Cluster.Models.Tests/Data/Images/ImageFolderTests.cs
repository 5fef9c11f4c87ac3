using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Description;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Native;
using SkiaSharp;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Data.Images;

public sealed class ImageFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-folder-").FullName;

    public ImageFolderTests() => TorchRuntime.Initialize();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_that_are_no_images_are_counted_by_kind_and_hidden_ones_are_not()
    {
        WriteClasses();
        Write("a/notes.txt", [1]);
        Write("b/notes.TXT", [1]);
        Write("b/Thumbs.db", [1]);
        Write("README", [1]);
        Write(".DS_Store", [1]);
        Write("__MACOSX/a/1.png", [1]);

        var samples = Read();

        samples.Rows.ShouldBe(2);
        samples.Notes.ShouldHaveSingleItem().ShouldContain(
            "4 files are no images that are read (PNG, JPEG, BMP, GIF, WebP, TIFF) and left out: 2 .txt, 1 .db, 1 without an ending.");
        DataSet.Create(samples, new SplitSpec(0.5, 0.5, 0, Stratify: false), 1, CPU).Warnings.ShouldContain(samples.Notes[0]);
        DataDescriber.Describe(new(_folder, null, new SplitSpec())).Warnings
            .ShouldBe([samples.Notes[0], $"{samples.Name}: 2 of 2 classes have one row only, which is in one part only: 'a', 'b'."]);
    }

    [Fact]
    public void A_description_tells_what_a_search_tells_of_the_classes()
    {
        foreach (var path in (string[])["train/Red/1.png", "train/red/2.png", "train/red/3.png", "train/blue/4.png", "train/blue/5.png",
            "test/red/6.png", "test/green/7.png", "test/green/8.png"])
        {
            Write(path, Pictures.Png(2, 2, SKColors.Red));
        }

        var warnings = DataDescriber.Describe(new(_folder, null, new SplitSpec())).Warnings;

        warnings.ShouldContain(text => text.Contains("1 of 4 classes miss from the training part", StringComparison.Ordinal));
        warnings.ShouldContain(text => text.Contains("1 of 4 classes miss from the test part", StringComparison.Ordinal));
        warnings.ShouldContain(text => text.Contains(
            "the labels 'Red' (train 1, validation 0, test 0) and 'red' (train 2, validation 0, test 1) differ in case",
            StringComparison.Ordinal));
    }

    [Fact]
    public void Links_out_of_the_folder_and_circles_are_left_out_and_counted()
    {
        WriteClasses();
        var outside = Directory.CreateTempSubdirectory("searchcluster-outside-").FullName;
        File.WriteAllBytes(Path.Combine(outside, "x.png"), Pictures.Png(2, 2, SKColors.Blue));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "a", "all"), _folder);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "c"), outside);
        File.CreateSymbolicLink(Path.Combine(_folder, "a", "9.png"), Path.Combine(outside, "x.png"));
        File.CreateSymbolicLink(Path.Combine(_folder, "a", "8.png"), "nothing.png");
        File.CreateSymbolicLink(Path.Combine(_folder, "a", "7.png"), "7.png");
        File.CreateSymbolicLink(Path.Combine(_folder, "a", "2.png"), "../b/1.png");

        var samples = (ImageSamples)Read();

        Directory.Delete(outside, recursive: true);
        samples.Paths!.ShouldBe(["a/1.png", "a/2.png", "b/1.png"]);
        samples.Notes.Count.ShouldBe(3);
        samples.Notes[0].ShouldContain("2 links to something outside the folder left out");
        samples.Notes[1].ShouldContain("1 link back to a folder above left out");
        samples.Notes[2].ShouldContain("2 links to nothing left out");
    }

    [Theory]
    [InlineData(2, "2 (or 4)")]
    [InlineData(4, "3")]
    public void A_channel_that_no_image_fills_is_refused(int channels, string _)
    {
        WriteClasses();

        var refused = Should.Throw<DataException>(() => Read(new ImageSpec(Channels: channels)));

        refused.Code.ShouldBe("SC3301");
        refused.Message.ShouldContain(
            $"data.images.channels is {channels}, whose last is opacity, but none of the 2 images has transparency");
    }

    [Fact]
    public void Transparency_is_kept_where_it_is_asked_for_and_told_where_not()
    {
        Write("a/1.png", Pictures.Png(1, 1, new SKColor(200, 100, 50, 128)));
        Write("b/1.png", Pictures.Png(1, 1, new SKColor(10, 20, 30)));

        ((ImageSamples)Read(new ImageSpec(Channels: 4))).Pixels.ToArray().ShouldBe([(byte)200, 100, 50, 128, 10, 20, 30, 255]);
        ((ImageSamples)Read(new ImageSpec(Channels: 2))).Pixels.ToArray().ShouldBe([(byte)124, 128, 18, 255]);
        var plain = (ImageSamples)Read();
        plain.Pixels.ToArray().ShouldBe([(byte)200, 100, 50, 10, 20, 30]);
        plain.Notes.ShouldHaveSingleItem().ShouldContain("1 of 2 images have transparency, which is left out");
    }

    [Fact]
    public void Depth_that_is_lost_is_told()
    {
        Write("a/1.png", Pictures.RawPng(1, 1, 16, 0, [1, 2]));
        Write("b/1.png", Pictures.RawPng(1, 1, 8, 0, [9]));

        Read().Notes.ShouldHaveSingleItem().ShouldContain("1 of 2 images have 16 bits");
    }

    [Fact]
    public void Images_in_no_folder_are_told_instead_of_an_unknown_layout()
    {
        Write("1.png", Pictures.Png(2, 2, SKColors.Red));

        Should.Throw<DataException>(() => Read()).ShouldSatisfyAllConditions(
            refused => refused.Code.ShouldBe("SC3009"),
            refused => refused.Message.ShouldContain("1 image in no folder of a class left out: 1.png"));
    }

    [Fact]
    public void A_table_beside_folders_of_images_is_not_guessed_at()
    {
        WriteClasses();
        Write("train.csv", Encoding.UTF8.GetBytes("a,b\n1,0\n2,1\n3,0\n4,1\n"));

        Should.Throw<DataException>(() => Read()).ShouldSatisfyAllConditions(
            refused => refused.Code.ShouldBe("SC3302"),
            refused => refused.Message.ShouldContain("holds the table train.csv as well as folders of images"));
        SampleReader.Read(new(_folder, null, new SplitSpec(), Format: DataFormat.Images)).ShouldBeOfType<ImageSamples>().Rows.ShouldBe(2);
        SampleReader.Read(new(_folder, null, new SplitSpec(), Format: DataFormat.Csv)).Rows.ShouldBe(4);
    }

    [Fact]
    public void Folders_of_masks_are_no_class()
    {
        Write("images/p.png", Pictures.Png(2, 2, SKColors.White));
        Write("images/q.png", Pictures.Png(2, 2, SKColors.White));
        Write("Masks/p_mask.png", Pictures.Png(2, 2, SKColors.Red));
        Write("Masks/q.png", Pictures.Png(2, 2, SKColors.Lime));
        Write("Masks/r.png", Pictures.Png(2, 2, SKColors.Lime));
        Write("readme.md", [1]);
        Write("train.txt", Encoding.UTF8.GetBytes("p\r\nnobody\n"));
        Write("val.txt", Encoding.UTF8.GetBytes("images/q.png\n"));

        var samples = (ImageSamples)Read();

        samples.Answer.ShouldBeOfType<ImageAnswer.Masks>().Labels.ShouldBe(["#00ff00", "#ff0000"]);
        samples.Given!.Train.ShouldBe([0]);
        samples.Given.Validation.ShouldBe([1]);
        samples.Notes.Count.ShouldBe(3);
        samples.Notes[0].ShouldContain("1 target without an image left out: Masks/r.png");
        samples.Notes[2].ShouldContain("1 name in train.txt of no image left out: nobody");
        Write("val.txt", Encoding.UTF8.GetBytes("p.png\n"));
        Should.Throw<DataException>(() => Read()).Message.ShouldContain("images/p.png is in two of train.txt");
    }

    [Fact]
    public void Folders_of_masks_inside_parts_are_refused()
    {
        foreach (var path in new[] { "train/images/1.png", "train/masks/1.png", "val/images/2.png", "val/masks/2.png" })
        {
            Write(path, Pictures.Png(2, 2, SKColors.White));
        }

        Should.Throw<DataException>(() => Read()).Code.ShouldBe("SC3302");
    }

    [Fact]
    public void All_images_are_predicted_and_those_with_a_class_are_evaluated()
    {
        Write("overview.png", Pictures.Png(2, 2, SKColors.White));
        Write("cats/old/1.png", Pictures.Png(2, 2, SKColors.White));
        Write("cats/new/1.png", Pictures.Png(2, 2, SKColors.White));
        var shape = new DataShape([3, 2, 2], TargetKind.Class, [], ["cats", "dogs"], []);

        var predicted = ImageRows.Read(_folder, shape);
        var evaluated = ImageRows.Read(_folder, shape, classes: shape.ClassLabels);

        predicted.Names.ShouldBe(["cats/new/1.png", "cats/old/1.png", "overview.png"]);
        predicted.Labels.ShouldBeNull();
        evaluated.Labels!.ShouldBe(["cats", "cats"]);
        evaluated.Notes.ShouldHaveSingleItem().ShouldContain("overview.png");
    }

    [Fact]
    public void A_prediction_with_opacity_takes_an_opaque_image()
    {
        Write("1.png", Pictures.Png(1, 1, new SKColor(1, 2, 3)));

        ImageRows.Read(Path.Combine(_folder, "1.png"), new DataShape([4, 1, 1], TargetKind.Class, [], ["a", "b"], [])).Pixels
            .ShouldBe([(byte)1, 2, 3, 255]);
    }

    [Fact]
    public void Pictures_in_a_gzip_are_answered_and_never_learned_from()
    {
        var shape = new DataShape([3, 1, 1], TargetKind.Class, [], ["a", "b"], []);
        Write("1.png.gz", WholeGzipFile(Pictures.Png(1, 1, new SKColor(1, 2, 3))));

        ImageRows.Read(Path.Combine(_folder, "1.png.gz"), shape).Pixels.ShouldBe([(byte)1, 2, 3]);
        ImageRows.Read(_folder, shape).Names.ShouldBe(["1.png.gz"]);
        Should.Throw<DataException>(() => Read()).Code.ShouldBe("SC3019");

        Write("1.png.gz", WholeGzipFile(Pictures.Png(1, 1, new SKColor(1, 2, 3)))[..^9]);
        Should.Throw<DataException>(() => ImageRows.Read(Path.Combine(_folder, "1.png.gz"), shape)).Code.ShouldBe("SC3121");
    }

    private static byte[] WholeGzipFile(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    [Fact]
    public void Keypoints_without_coordinates_are_left_out_and_sizes_are_not_changed()
    {
        Write("training.csv", Encoding.UTF8.GetBytes("x,y,Image\n1,2,0 128 255 1\n3,4,1 2 3 4\n"));
        Write("test.csv", Encoding.UTF8.GetBytes("ImageId,Image\n1,5 5 5 5\n"));

        var samples = Read();

        samples.Rows.ShouldBe(2);
        samples.Notes.ShouldHaveSingleItem().ShouldContain("test.csv: 1 row without coordinates left out");
        Should.Throw<DataException>(() => Read(new ImageSpec(8, 8, Fit: ImageFit.Resize))).Code.ShouldBe("SC3104");
    }

    private void WriteClasses()
    {
        Write("a/1.png", Pictures.Png(2, 2, SKColors.Red));
        Write("b/1.png", Pictures.Png(2, 2, SKColors.Lime));
    }

    private Samples Read(ImageSpec? images = null) => SampleReader.Read(new(_folder, null, new SplitSpec(), Images: images));

    private void Write(string path, byte[] content)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
    }
}
