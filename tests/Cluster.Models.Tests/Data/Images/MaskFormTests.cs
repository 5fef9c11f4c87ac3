using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Description;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Images.Targets;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Native;
using SkiaSharp;

namespace SearchCluster.Models.Tests.Data.Images;

public sealed class MaskFormTests : IDisposable
{
    private const int Grey = 0, Colours = 2, Palette = 3, GreyWithOpacity = 4, ColoursWithOpacity = 6;

    private static readonly byte[] Entries = [0, 0, 0, 128, 0, 0, 0, 128, 0, 128, 128, 0];

    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-masks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Four pixels in a line, of three values.
    [Theory]
    [InlineData(1, Grey, new byte[] { 0b_0101_0000 })]
    [InlineData(2, Grey, new byte[] { 0b_01_10_11_01 })]
    [InlineData(4, Grey, new byte[] { 0x12, 0x31 })]
    [InlineData(8, Grey, new byte[] { 1, 2, 255, 1 })]
    [InlineData(16, Grey, new byte[] { 0, 1, 0, 2, 0, 3, 0, 1 })]
    [InlineData(16, Grey, new byte[] { 0, 1, 1, 0, 255, 255, 0, 1 })]
    [InlineData(8, GreyWithOpacity, new byte[] { 1, 255, 2, 255, 9, 255, 1, 255 })]
    [InlineData(2, Palette, new byte[] { 0b_01_10_11_01 })]
    [InlineData(8, Palette, new byte[] { 1, 2, 3, 1 })]
    [InlineData(8, Colours, new byte[] { 128, 0, 0, 9, 9, 9, 0, 128, 0, 128, 0, 0 })]
    [InlineData(16, Colours, new byte[] { 128, 128, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9, 0, 0, 7, 7, 0, 0, 128, 128, 0, 0, 0, 0 })]
    [InlineData(8, ColoursWithOpacity, new byte[] { 128, 0, 0, 255, 9, 9, 9, 99, 0, 128, 0, 255, 128, 0, 0, 255 })]
    public void A_predicted_mask_has_the_samples_of_the_targets(byte bits, byte type, byte[] samples)
    {
        var target = Pictures.RawPng(4, 1, bits, type, samples, type == Palette ? Entries : null);
        Write(target, target);

        var (shape, mask) = Learn();
        var written = Png(shape, mask);

        written[24..26].ShouldBe([bits, type]);
        PngSamples.Read(written).Samples.ShouldBe(PngSamples.Read(target).Samples);
        PngSamples.Read(written).Palette.ShouldBe(type == Palette ? Entries : []);
    }

    [Fact]
    public void Entries_that_a_program_left_out_at_the_end_of_a_palette_change_nothing()
    {
        Write(
            Pictures.RawPng(4, 1, 8, Palette, [1, 2, 1, 2], Entries[..9]),
            Pictures.RawPng(4, 1, 8, Palette, [1, 2, 3, 1], Entries));

        var (shape, mask) = Learn();

        PngSamples.Read(Png(shape, mask)).Samples.ShouldBe([(ushort)1, 2, 1, 2]);
        PngSamples.Read(Png(shape, mask)).Palette.ShouldBe(Entries);
    }

    [Fact]
    public void Of_targets_in_two_forms_a_mask_has_the_values_that_both_have()
    {
        Write(
            Pictures.RawPng(4, 1, 8, Grey, [1, 2, 1, 2]),
            Pictures.RawPng(4, 1, 8, Colours, [1, 1, 1, 2, 2, 2, 7, 7, 7, 1, 1, 1]));

        var (shape, mask) = Learn();
        var written = Png(shape, mask);

        shape.MaskForm.ShouldBeNull();
        written[24..26].ShouldBe([(byte)8, (byte)Grey]);
        PngSamples.Read(written).Samples.ShouldBe([(ushort)1, 2, 1, 2]);
    }

    [Fact]
    public void A_model_of_an_earlier_release_answers_in_colours_where_one_is_no_grey()
    {
        var written = Png(new([3, 1, 2], TargetKind.Mask, [], ["#010203", "#ffffff"], []), [0, 1]);

        written[25].ShouldBe((byte)Colours);
        PngSamples.Read(written).Samples.ShouldBe([(ushort)1, 2, 3, 255, 255, 255]);
    }

    [Fact]
    public void Edges_that_smoothing_drew_are_told()
    {
        // Three areas in a row, whose edges are mixtures of both sides.
        SKColor[] areas = [new(255, 0, 0), new(0, 255, 0), new(0, 0, 255)];
        SKColor At(int x, int y) => (x % 8) == 7 && x < 23 ? Mix(areas[x / 8], areas[(x / 8) + 1], (y + 1) / 9.0) : areas[x / 8];
        var smooth = Pictures.Encode(24, 8, At, SKEncodedImageFormat.Png);
        var sharp = Pictures.Encode(24, 8, (x, _) => areas[x / 8], SKEncodedImageFormat.Png);

        Write(smooth, smooth, width: 24, height: 8);
        Read().Notes.Single(note => note.Contains("smoothing", StringComparison.Ordinal)).ShouldContain("16 of 19 colours of the targets");

        Write(sharp, sharp, width: 24, height: 8);
        Read().Notes.ShouldNotContain(note => note.Contains("smoothing", StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_of_classes_are_no_smoothed_edges()
    {
        // Stripes of two pixels each, one class after the other.
        var target = Pictures.Encode(24, 8, (x, _) => new((byte)(x / 2), (byte)(x / 2), (byte)(x / 2)), SKEncodedImageFormat.Png);
        Write(target, target, width: 24, height: 8);

        Read().Notes.ShouldNotContain(note => note.Contains("smoothing", StringComparison.Ordinal));
    }

    [Fact]
    public void Classes_of_pixels_that_miss_from_a_part_are_told_by_a_search_and_by_a_description()
    {
        Write(Pictures.RawPng(4, 1, 8, Grey, [1, 2, 1, 2]), Pictures.RawPng(4, 1, 8, Grey, [1, 3, 1, 3]));
        File.WriteAllText(Path.Combine(_folder, "train.txt"), "a\n");
        File.WriteAllText(Path.Combine(_folder, "val.txt"), "b\n");
        TorchRuntime.Initialize();

        var warnings = DataSet.Create(Read(), new(), 0, TorchSharp.torch.CPU).Warnings;

        warnings.ShouldContain(warning => warning.Contains("1 of 3 classes have one image only", StringComparison.Ordinal)
            || warning.Contains("2 of 3 classes have one image only", StringComparison.Ordinal));
        var missing = warnings.Single(warning => warning.Contains("miss from the training part", StringComparison.Ordinal));
        missing.ShouldContain("1 of 3 classes miss from the training part, so that no model can learn them: '#030303'.");
        DataDescriber.Describe(new(_folder, null, new())).Warnings.ShouldContain(missing);
    }

    private static SKColor Mix(SKColor one, SKColor other, double share)
    {
        byte Of(byte a, byte b) => (byte)Math.Round(a + (share * (b - a)));
        return new(Of(one.Red, other.Red), Of(one.Green, other.Green), Of(one.Blue, other.Blue));
    }

    private static byte[] Png(DataShape shape, ValueArray<short> classes)
    {
        using var written = new MemoryStream();
        new ImageMask("a.png", 1, classes.Count, classes).WritePng(written, shape);
        return written.ToArray();
    }

    private (DataShape Shape, ValueArray<short> Classes) Learn()
    {
        TorchRuntime.Initialize();
        var samples = Read();
        return (samples.Fit([0]).Shape, ((ImageAnswer.Masks)samples.Answer).ToSpan()[..4].ToArray().ToValueArray());
    }

    private ImageSamples Read() => (ImageSamples)SampleReader.Read(new(_folder, null, new(), Images: new(Void: "none")));

    private void Write(byte[] first, byte[] second, int width = 4, int height = 1)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "images"));
        Directory.CreateDirectory(Path.Combine(_folder, "masks"));
        foreach (var (name, target) in new[] { ("a.png", first), ("b.png", second) })
        {
            File.WriteAllBytes(Path.Combine(_folder, "images", name), Pictures.Png(width, height, SKColors.White));
            File.WriteAllBytes(Path.Combine(_folder, "masks", name), target);
        }
    }
}
