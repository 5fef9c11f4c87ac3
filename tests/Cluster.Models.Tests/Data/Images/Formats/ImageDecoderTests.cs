using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Images.Formats;
using SkiaSharp;

namespace SearchCluster.Models.Tests.Data.Images.Formats;

public sealed class ImageDecoderTests
{
    private static readonly SKColor Half = new(200, 100, 50, 128);

    [Fact]
    public void Sixteen_bits_become_the_upper_eight()
    {
        var grey = ImageDecoder.Decode(Pictures.RawPng(2, 1, 16, 0, [0x12, 0x34, 0xFE, 0x10]), "g.png");
        var colours = ImageDecoder.Decode(Pictures.RawPng(1, 1, 16, 2, [0x10, 0x00, 0x80, 0x00, 0xF0, 0x00]), "c.png");

        (grey.Channels, grey.IsDeep).ShouldBe((1, true));
        grey.Bytes.ShouldBe([(byte)0x12, 0xFE]);
        (colours.Channels, colours.IsDeep).ShouldBe((3, true));
        colours.Bytes.ShouldBe([(byte)0x10, 0x80, 0xF0]);
    }

    [Fact]
    public void A_palette_is_its_colours()
    {
        var image = ImageDecoder.Decode(Pictures.RawPng(2, 1, 8, 3, [1, 0], [10, 20, 30, 200, 100, 50]), "p.png");

        (image.Channels, image.IsDeep).ShouldBe((3, false));
        image.Bytes.ShouldBe([(byte)200, 10, 100, 20, 50, 30]);
    }

    [Theory]
    [InlineData(255, 255, 255, 255, 255, 255, 255)]
    [InlineData(200, 100, 50, 255, 200, 100, 50)]
    [InlineData(255, 255, 255, 0, 0, 0, 0)]
    [InlineData(200, 100, 50, 128, 100, 50, 25)]
    public void Cmyk_becomes_red_green_and_blue(byte cyan, byte magenta, byte yellow, byte black, int red, int green, int blue)
    {
        var image = ImageDecoder.Decode(Pictures.CmykJpeg(cyan, magenta, yellow, black), "c.jpg");

        (image.Channels, image.Height, image.Width).ShouldBe((3, 8, 8));
        ((int)image.Bytes[0]).ShouldBeInRange(red - 2, red + 2);
        ((int)image.Bytes[64]).ShouldBeInRange(green - 2, green + 2);
        ((int)image.Bytes[128]).ShouldBeInRange(blue - 2, blue + 2);
    }

    // Left half red, right half blue, 32 × 16; what comes to the top, and how large it is.
    [Theory]
    [InlineData(1, 16, 32, "red left")]
    [InlineData(2, 16, 32, "blue left")]
    [InlineData(3, 16, 32, "blue left")]
    [InlineData(4, 16, 32, "red left")]
    [InlineData(5, 32, 16, "red top")]
    [InlineData(6, 32, 16, "red top")]
    [InlineData(7, 32, 16, "blue top")]
    [InlineData(8, 32, 16, "blue top")]
    public void An_orientation_is_applied(byte orientation, int height, int width, string first)
    {
        var jpeg = Pictures.Encode(32, 16, (x, _) => x < 16 ? SKColors.Red : SKColors.Blue, SKEncodedImageFormat.Jpeg);
        var tiff = Pictures.Tiff(
            32, 16, 3, 8, 2, [.. Enumerable.Range(0, 512).SelectMany(i => i % 32 < 16 ? (byte[])[255, 0, 0] : [0, 0, 255])], orientation);

        foreach (var image in new[]
        {
            ImageDecoder.Decode(Pictures.WithOrientation(jpeg, orientation), "o.jpg"),
            ImageDecoder.Decode(tiff, "o.tif"),
        })
        {
            (image.Height, image.Width).ShouldBe((height, width));
            (image.Bytes[0] > 200 ? "red" : "blue").ShouldBe(first.Split(' ')[0]);
            var last = first.EndsWith("left", StringComparison.Ordinal) ? width - 1 : (height - 1) * width;
            (image.Bytes[last] > 200).ShouldNotBe(image.Bytes[0] > 200);
        }
    }

    [Fact]
    public void Transparency_is_a_channel_of_its_own()
    {
        var image = ImageDecoder.Decode(Pictures.Encode(2, 1, (x, _) => x == 0 ? Half : SKColors.White, SKEncodedImageFormat.Png), "a.png");
        var grey = ImageDecoder.Decode(Pictures.RawPng(2, 1, 8, 4, [10, 20, 30, 40]), "g.png");

        image.Channels.ShouldBe(4);
        image.Bytes.ShouldBe([(byte)200, 255, 100, 255, 50, 255, 128, 255]);
        grey.Channels.ShouldBe(2);
        grey.Bytes.ShouldBe([(byte)10, 30, 20, 40]);
    }

    [Fact]
    public void Channels_are_never_copies_of_red()
    {
        var colours = new PlainImage(3, 1, 1, [200, 100, 50]);
        var all = new PlainImage(4, 1, 1, [200, 100, 50, 7]);
        var grey = new PlainImage(1, 1, 1, [90]);

        colours.WithChannels(4).Bytes.ShouldBe([(byte)200, 100, 50, 255]);
        colours.WithChannels(2).Bytes.ShouldBe([(byte)124, 255]);
        all.WithChannels(3).Bytes.ShouldBe([(byte)200, 100, 50]);
        all.WithChannels(2).Bytes.ShouldBe([(byte)124, 7]);
        all.WithChannels(1).Bytes.ShouldBe([(byte)124]);
        grey.WithChannels(3).Bytes.ShouldBe([(byte)90, 90, 90]);
        grey.WithChannels(4).Bytes.ShouldBe([(byte)90, 90, 90, 255]);
        grey.WithChannels(2).WithChannels(3).Bytes.ShouldBe([(byte)90, 90, 90]);
    }

    [Fact]
    public void Transparency_is_scaled_alone()
    {
        var image = new PlainImage(4, 2, 2, [200, 200, 200, 200, 100, 100, 100, 100, 50, 50, 50, 50, 0, 0, 0, 0]);

        var scaled = ImageDecoder.Resize(image, 4, 4);

        scaled.Bytes.Chunk(16).Select(plane => plane.Distinct().ShouldHaveSingleItem()).ShouldBe([(byte)200, 100, 50, 0]);
    }

    [Fact]
    public void WebP_is_read_as_it_was_written()
    {
        var image = ImageDecoder.Decode(
            Pictures.Encode(4, 4, (x, y) => new((byte)(x * 60), (byte)(y * 60), 30), SKEncodedImageFormat.Webp), "w.webp");

        (image.Channels, image.Height, image.Width).ShouldBe((3, 4, 4));
        ((int)image.Bytes[3]).ShouldBeInRange(180 - 3, 180 + 3);
        ((int)image.Bytes[16 + 12]).ShouldBeInRange(180 - 3, 180 + 3);
    }

    [Fact]
    public void An_animation_is_refused_and_a_still_picture_is_read()
    {
        ImageDecoder.Decode(Pictures.Gif(1), "s.gif").Bytes.ShouldBe([(byte)255, 0, 0]);
        Should.Throw<DataException>(() => ImageDecoder.Decode(Pictures.Gif(3), "a.gif")).ShouldSatisfyAllConditions(
            refused => refused.Code.ShouldBe("SC3303"),
            refused => refused.Message.ShouldContain("a.gif has 3 pictures"));
        Should.Throw<DataException>(() => ImageDecoder.Decode(Pictures.RawPng(1, 1, 8, 0, [7], frames: 2), "a.png")).Code
            .ShouldBe("SC3303");
    }

    [Fact]
    public void Tiff_is_read_by_kind()
    {
        var grey = ImageDecoder.Decode(Pictures.Tiff(2, 1, 1, 8, 1, [10, 250]), "g.tif");
        var inverted = ImageDecoder.Decode(Pictures.Tiff(2, 1, 1, 8, 0, [10, 250]), "i.tif");
        var deep = ImageDecoder.Decode(Pictures.Tiff(2, 1, 1, 16, 1, [0x34, 0x12, 0x10, 0xFE]), "d.tif");
        var colours = ImageDecoder.Decode(Pictures.Tiff(1, 2, 3, 8, 2, [1, 2, 3, 201, 202, 203]), "c.tiff");
        var opaque = ImageDecoder.Decode(Pictures.Tiff(1, 1, 4, 8, 2, [200, 100, 50, 7], hasOpacity: true), "o.tif");

        (grey.Channels, grey.IsDeep).ShouldBe((1, false));
        grey.Bytes.ShouldBe([(byte)10, 250]);
        inverted.Bytes.ShouldBe([(byte)245, 5]);
        deep.IsDeep.ShouldBeTrue();
        deep.Bytes.ShouldBe([(byte)0x12, 0xFE]);
        colours.Bytes.ShouldBe([(byte)1, 201, 2, 202, 3, 203]);
        opaque.Channels.ShouldBe(4);
        opaque.Bytes.ShouldBe([(byte)200, 100, 50, 7]);
    }

    [Fact]
    public void A_tiff_that_is_damaged_or_of_another_kind_is_refused()
    {
        var good = Pictures.Tiff(8, 8, 1, 8, 1, new byte[64]);

        Should.Throw<DataException>(() => ImageDecoder.Decode(good[..60], "t.tif")).Code.ShouldBe("SC3102");
        Should.Throw<DataException>(() => ImageDecoder.Decode(good[..8], "t.tif")).Code.ShouldBe("SC3102");
        Should.Throw<DataException>(() => ImageDecoder.Decode(Pictures.Tiff(8, 8, 1, 8, 1, new byte[10]), "t.tif")).Code.ShouldBe("SC3102");
        Should.Throw<DataException>(() => ImageDecoder.Decode(Pictures.Tiff(1, 1, 1, 32, 1, new byte[4], format: 3), "f.tif"))
            .ShouldSatisfyAllConditions(
            refused => refused.Code.ShouldBe("SC3304"),
            refused => refused.Message.ShouldContain("f.tif is a TIFF with 32 bits"));
        Should.Throw<DataException>(() => ImageDecoder.Decode(Pictures.Tiff(60_000, 60_000, 1, 8, 1, new byte[4]), "t.tif")).Code
            .ShouldBe("SC3103");
    }

    [Fact]
    public void What_is_no_image_is_named()
    {
        Should.Throw<DataException>(() => ImageDecoder.Decode([0x80, 4, 0x95, 1, 2], "x.png")).Message
            .ShouldContain("x.png is a Python pickle");
        Should.Throw<DataException>(() => ImageDecoder.Decode([0, 0, 0, 24, .. "ftypheic"u8, 0, 0], "x.jpg")).Message
            .ShouldContain("x.jpg is a HEIC image");
        Should.Throw<DataException>(() => ImageDecoder.Decode([.. "<html>"u8], "x.jpg")).Message.ShouldContain("HTML");
    }
}
