using System.Buffers.Binary;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Images.Targets;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Ensembles.Scoring;
using SkiaSharp;

namespace SearchCluster.Models.Tests.Data.Images;

public sealed class TargetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-targets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Each kind of file that stores three values in a row of pixels, and what they are: labels, or a part of the refusal.
    public static TheoryData<string, string> Kinds => new()
    {
        { "png grey 1", "#000000 #ffffff" },
        { "png grey 2", "#000000 #555555 #aaaaaa" },
        { "png grey 4", "#111111 #222222 #333333" },
        { "png grey 8", "#010101 #020202 #ffffff" },
        { "png grey 16", "#010101 #020202 256" },
        { "png grey 16 low", "#050505 #070707" },
        { "png grey 16 full", "#000000 65535" },
        { "png colours 8", "#800000 #808000 #ffffff" },
        { "png colours 16 doubled", "#800000 #808000 #ffffff" },
        { "png colours 16", "which 8 bits do not hold" },
        { "png palette 2", "#800000 #808000 #ffffff" },
        { "png palette 8", "#800000 #808000 #ffffff" },
        { "png palette twins", "entries 0 and 2 of its palette, which are the same colour" },
        { "png grey opacity 8", "opacity is no class" },
        { "png grey opacity 16", "opacity is no class" },
        { "png colours opacity 8", "opacity is no class" },
        { "png colours opacity 8 plain", "#800000 #808000 #ffffff" },
        { "png colours opacity 16", "#800000 #808000 #ffffff" },
        { "tiff grey 8", "#010101 #020202 #ffffff" },
        { "tiff grey 16", "#010101 #020202 256" },
        { "tiff grey 16 inverted", "#010101 #020202 256" },
        { "tiff colours 8", "#800000 #808000 #ffffff" },
        { "bmp", "#800000 #808000 #ffffff" },
        { "webp", "#800000 #808000 #ffffff" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Values_that_differ_are_never_one_class(string kind, string expected)
    {
        var (file, ending) = Target(kind);

        foreach (var path in new[] { "images/a.png", "images/b.png" })
        {
            Write(path, Pictures.Png(3, 1, SKColors.White));
            Write(path.Replace("images", "masks", StringComparison.Ordinal)[..^3] + ending, file);
        }

        var answer = Record.Exception(() => ((ImageAnswer.Masks)Read().Answer).Labels) is { } refused
            ? refused.ShouldBeOfType<DataException>().Message
            : string.Join(' ', ((ImageAnswer.Masks)Read().Answer).Labels);

        (expected.StartsWith('#') ? answer == expected : answer.Contains(expected, StringComparison.Ordinal)).ShouldBeTrue(answer);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_file_as_an_image_is_read_and_what_goes_is_told(string kind, string _)
    {
        var (file, ending) = Target(kind);
        Write($"x/1.{ending}", file);
        Write($"y/1.{ending}", file);

        var samples = Read(new(3, 1, 3, ImageFit.Resize));

        samples.Rows.ShouldBe(2);
        samples.Notes.Any(note => note.Contains("16 bits for each channel", StringComparison.Ordinal)).ShouldBe(kind.Contains("16",
            StringComparison.Ordinal));
        samples.Notes.Any(note => note.Contains("have transparency", StringComparison.Ordinal)).ShouldBe(kind.Contains("opacity",
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("png")]
    [InlineData("tif")]
    public void Numbers_beyond_eight_bits_are_predicted_as_they_were_drawn(string ending)
    {
        Write("images/a.png", Pictures.Png(4, 1, SKColors.White));
        Write($"masks/a.{ending}", Grey16(ending, 1, 2, 256, 65_535));

        var samples = Read();
        var labels = ((ImageAnswer.Masks)samples.Answer).Labels;
        using var written = new MemoryStream();
        new ImageMask("a.png", 1, 4, [0, 1, 2, 3]).WritePng(written, new([3, 1, 4], TargetKind.Mask, [], labels, []));

        labels.ShouldBe(["#010101", "#020202", "256", "65535"]);
        PngSamples.Read(written.ToArray()).Samples.ShouldBe([(ushort)1, 2, 256, 65_535]);
        TargetDecoder.Decode(written.ToArray(), "p.png").Values.Select(value => value.Number).ShouldBe([1, 2, 256, 65_535]);
    }

    [Fact]
    public void Filtered_lines_are_read_as_the_library_reads_them()
    {
        var noise = Pictures.Encode(13, 11, (x, y) => new((byte)(x * 19), (byte)(y * 23), (byte)(x * y)), SKEncodedImageFormat.Png);

        var (png, image) = (PngSamples.Read(noise), SearchCluster.Models.Data.Images.Formats.ImageDecoder.Decode(noise, "n.png"));

        for (var i = 0; i < 13 * 11; i++)
        {
            png.Samples[i * png.Channels].ShouldBe(image.Bytes[i]);
            png.Samples[(i * png.Channels) + 2].ShouldBe(image.Bytes[(2 * 13 * 11) + i]);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(9, 5)]
    [InlineData(3, 8)]
    [InlineData(16, 17)]
    public void Interlaced_targets_are_read(int width, int height)
    {
        byte[] samples = [.. Enumerable.Range(0, width * height * 2).Select(i => (byte)(i * 7))];

        var plain = PngSamples.Read(Pictures.RawPng(width, height, 16, 0, samples));
        var interlaced = PngSamples.Read(Pictures.RawPng(width, height, 16, 0, samples, interlaced: true));

        interlaced.Samples.ShouldBe(plain.Samples);
        plain.Samples[0].ShouldBe((ushort)7);
    }

    [Fact]
    public void What_is_void_is_said_told_and_known_to_the_model()
    {
        Write("images/a.png", Pictures.Png(3, 1, SKColors.White));
        Write("masks/a.png", Pictures.RawPng(3, 1, 8, 3, [0, 1, 2], [0, 0, 0, 128, 0, 0, 0, 128, 0]));

        var plain = Read();
        var all = Read(new(Void: "none"));
        var said = Read(new(Void: "#000000"));

        ((ImageAnswer.Masks)plain.Answer).Labels.ShouldBe(["#008000", "#800000"]);
        plain.Notes.ShouldHaveSingleItem().ShouldContain("black is no class in colour targets: 33.3 % of their pixels");
        ((ImageAnswer.Masks)all.Answer).Labels.ShouldBe(["#000000", "#008000", "#800000"]);
        all.Notes.ShouldBeEmpty();
        said.Notes.ShouldBeEmpty();
        TargetClasses.VoidOf(new([3, 1, 3], TargetKind.Mask, [], ["#000000", "#008000"], [])).ShouldBe("none");
        TargetClasses.VoidOf(new([3, 1, 3], TargetKind.Mask, [], ["#008000", "#800000"], [])).ShouldBe("#000000");
        TargetClasses.VoidOf(new([3, 1, 3], TargetKind.Mask, [], ["#008000"], [], Void: "#ffffff")).ShouldBe("#ffffff");
    }

    [Fact]
    public void A_model_of_a_background_is_scored_on_it()
    {
        Write("images/a.png", Pictures.Png(2, 1, SKColors.White));
        Write("masks/a.png", Pictures.RawPng(2, 1, 8, 3, [0, 1], [0, 0, 0, 128, 0, 0]));
        var shape = new DataShape([3, 1, 2], TargetKind.Mask, [], ["#000000", "#800000"], [], Void: "none");

        var rows = ImageRows.Read(_folder, shape, classes: ["#000000", "#800000"]);

        rows.Masks!.ToSpan().ToArray().ShouldBe([(short)0, 1]);
        KnownAnswers.OfMasks(rows, shape).ShouldNotBeNull();
    }

    [Fact]
    public void The_cause_of_too_few_classes_is_named_with_the_way_out()
    {
        Write("images/a.png", Pictures.Png(2, 1, SKColors.White));
        Write("masks/a.png", Pictures.RawPng(2, 1, 8, 3, [0, 1], [0, 0, 0, 128, 0, 0]));

        Should.Throw<DataException>(() => Read()).Message.ShouldContain("1 class (#800000) beside #000000, which is no class, but there "
            + "must be 2 to 256; black is void in colour targets; where it is a class (as the background of PASCAL VOC), write "
            + "data.images.void: none.");
        ((ImageAnswer.Masks)Read(new(Void: "none")).Answer).Labels.Count.ShouldBe(2);
        Write("masks/a.png", Grey16("png", 7, 7));
        Should.Throw<DataException>(() => Read()).Message.ShouldContain("1 class (#070707), but there must be 2 to 256; draw each class");
        Write("images/a.png", Pictures.Png(300, 1, SKColors.White));
        Write("masks/a.png", Grey16("png", [.. Enumerable.Range(1, 300).Select(value => (ushort)value)]));
        Should.Throw<DataException>(() => Read()).Message.ShouldContain("300 classes, but there must be 2 to 256; targets that were "
            + "scaled with smoothing, photographs, or numbers of instances");
    }

    [Fact]
    public void Two_depths_of_white_are_told()
    {
        Write("images/a.png", Pictures.Png(2, 1, SKColors.White));
        Write("images/b.png", Pictures.Png(2, 1, SKColors.White));
        Write("masks/a.png", Grey16("png", 0, 65_535));
        Write("masks/b.png", Pictures.RawPng(2, 1, 8, 0, [0, 255]));

        var samples = Read();

        ((ImageAnswer.Masks)samples.Answer).Labels.ShouldBe(["#000000", "#ffffff", "65535"]);
        samples.Notes.ShouldHaveSingleItem().ShouldContain("1 of 2 targets have 16 bits with numbers up to 65535, others 8 bits with "
            + "255; these are different classes here");
    }

    [Fact]
    public void Large_numbers_and_colours_do_not_mix()
    {
        Write("images/a.png", Pictures.Png(2, 1, SKColors.White));
        Write("images/b.png", Pictures.Png(2, 1, SKColors.White));
        Write("masks/a.png", Grey16("png", 0, 256));
        Write("masks/b.png", Pictures.Png(2, 1, SKColors.Red));

        Should.Throw<DataException>(() => Read()).Message.ShouldContain("targets need one kind");
    }

    [Fact]
    public void Jpeg_is_told_by_its_bytes()
    {
        Write("images/a.png", Pictures.Png(16, 16, SKColors.White));
        Write("masks/a.jfif", Pictures.Encode(16, 16, (x, _) => x < 8 ? SKColors.Black : SKColors.White, SKEncodedImageFormat.Jpeg));

        Read().Notes.ShouldContain(note => note.Contains("1 of 1 targets are JPEG or lossy WebP files", StringComparison.Ordinal));
    }

    private static (byte[] File, string Ending) Target(string kind)
    {
        byte[] colours = [128, 0, 0, 128, 128, 0, 255, 255, 255];
        return kind switch
        {
            "png grey 1" => (Pictures.RawPng(3, 1, 1, 0, [0b01000000]), "png"),
            "png grey 2" => (Pictures.RawPng(3, 1, 2, 0, [0b00011000]), "png"),
            "png grey 4" => (Pictures.RawPng(3, 1, 4, 0, [0x12, 0x30]), "png"),
            "png grey 8" => (Pictures.RawPng(3, 1, 8, 0, [1, 2, 255]), "png"),
            "png grey 16" => (Grey16("png", 1, 2, 256), "png"),
            "png grey 16 low" => (Grey16("png", 5, 7, 7), "png"),
            "png grey 16 full" => (Grey16("png", 0, 65_535, 0), "png"),
            "png colours 8" => (Pictures.RawPng(3, 1, 8, 2, colours), "png"),
            "png colours 16 doubled" => (Pictures.RawPng(3, 1, 16, 2, [.. colours.SelectMany(value => (byte[])[value, value])]), "png"),
            "png colours 16" => (Pictures.RawPng(3, 1, 16, 2, [.. Enumerable.Range(0, 9).SelectMany(value => (byte[])[0,
                (byte)value])]), "png"),
            "png palette 2" => (Pictures.RawPng(3, 1, 2, 3, [0b00011000], colours), "png"),
            "png palette 8" => (Pictures.RawPng(3, 1, 8, 3, [0, 1, 2], colours), "png"),
            "png palette twins" => (Pictures.RawPng(3, 1, 8, 3, [0, 1, 2], [128, 0, 0, 128, 128, 0, 128, 0, 0]), "png"),
            "png grey opacity 8" => (Pictures.RawPng(3, 1, 8, 4, [1, 255, 2, 255, 1, 0]), "png"),
            "png grey opacity 16" => (Pictures.RawPng(3, 1, 16, 4, [0, 1, 255, 255, 0, 2, 255, 255, 0, 1, 0, 1]), "png"),
            "png colours opacity 8" => (Pictures.RawPng(3, 1, 8, 6, [1, 2, 3, 255, 4, 5, 6, 255, 1, 2, 3, 0]), "png"),
            "png colours opacity 8 plain" => (Pictures.RawPng(3, 1, 8, 6, [128, 0, 0, 255, 128, 128, 0, 128, 255, 255, 255, 0]), "png"),
            "png colours opacity 16" => (Pictures.RawPng(3, 1, 16, 6, [.. ((byte[])[128, 0, 0, 255, 128, 128, 0, 128, 255, 255, 255,
                0]).SelectMany(value => (byte[])[value, value])]), "png"),
            "tiff grey 8" => (Pictures.Tiff(3, 1, 1, 8, 1, [1, 2, 255]), "tif"),
            "tiff grey 16" => (Grey16("tif", 1, 2, 256), "tif"),
            "tiff grey 16 inverted" => (Pictures.Tiff(3, 1, 1, 16, 0, [.. ((ushort[])[65_534, 65_533,
                65_279]).SelectMany(BitConverter.GetBytes)]), "tif"),
            "tiff colours 8" => (Pictures.Tiff(3, 1, 3, 8, 2, colours), "tif"),
            "bmp" => (Bmp(colours), "bmp"),
            "webp" => (LosslessWebp(colours), "webp"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown"),
        };
    }

    private static byte[] Grey16(string ending, params ushort[] values)
    {
        byte[] Big(ushort value)
        {
            var bytes = new byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
            return bytes;
        }

        return ending == "tif"
            ? Pictures.Tiff(values.Length, 1, 1, 16, 1, [.. values.SelectMany(BitConverter.GetBytes)])
            : Pictures.RawPng(values.Length, 1, 16, 0, [.. values.SelectMany(Big)]);
    }

    private static byte[] Bmp(byte[] rgb)
    {
        byte[] row = [.. rgb.Chunk(3).SelectMany(pixel => (byte[])[pixel[2], pixel[1], pixel[0]]), 0, 0, 0];
        return
        [
            (byte)'B', (byte)'M', .. BitConverter.GetBytes(54 + row.Length), 0, 0, 0, 0, .. BitConverter.GetBytes(54),
                .. BitConverter.GetBytes(40), .. BitConverter.GetBytes(3),
            .. BitConverter.GetBytes(1), 1, 0, 24, 0, .. new byte[24], .. row,
        ];
    }

    private static byte[] LosslessWebp(byte[] rgb)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(3, 1, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var x = 0; x < 3; x++)
        {
            bitmap.SetPixel(x, 0, new(rgb[x * 3], rgb[(x * 3) + 1], rgb[(x * 3) + 2]));
        }

        using var pixels = bitmap.PeekPixels();
        using var data = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 100));
        return data.ToArray();
    }

    private ImageSamples Read(ImageSpec? images = null) => (ImageSamples)SampleReader.Read(new(_folder, null, new SplitSpec(),
        Images: images));

    private void Write(string path, byte[] content)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
    }
}
