using System.Globalization;
using System.Text.RegularExpressions;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;

namespace SearchCluster.Specs.Binding.Data;

/// <summary>Reads section <c>data.images</c>.</summary>
internal static partial class ImageBinder
{
    private static readonly (string Word, ImageFit? Fit)[] Fits = [("resize", ImageFit.Resize), ("crop", ImageFit.Crop)];

    /// <summary>Reads the section.</summary>
    /// <param name="data">Section <c>data</c>.</param>
    /// <param name="isTable">Whether the data are a table.</param>
    /// <param name="format">Their format; null where it is recognised later.</param>
    /// <returns>Null when absent.</returns>
    public static ImageSpec? Bind(Section data, bool isTable, DataFormat? format)
    {
        if (data.Child("images", SectionFields.Images) is not { } section)
        {
            return null;
        }

        if (format is DataFormat.Series or DataFormat.Text)
        {
            data.Error(SpecCodes.Data, data.PlaceOf("images"), "images", "images is for images, and for tables whose rows are images",
                "remove it");
        }
        else if (isTable && section.Find("width") is null && section.Find("height") is null)
        {
            data.Error(SpecCodes.Data, data.PlaceOf("images"), "images", "a table becomes images by width and height, which are "
                + "missing", "give both, for example { width: 8, height: 8 }, or remove images");
        }

        if (isTable && section.Find("fit") is { } fit)
        {
            section.Error(SpecCodes.Data, fit.Key.At, "fit", "the rows of a table have as many pixels as columns, which nothing fits to "
                + "another size", "remove fit");
        }

        var width = (int?)section.Whole("width", 1, 4_096);
        var height = (int?)section.Whole("height", 1, 4_096);
        if (width is null != height is null)
        {
            section.Error(SpecCodes.Data, section.At, "images", "width and height come together",
                "give both, for example { width: 8, height: 8 }");
        }

        return new ImageSpec(
            width,
            height,
            (int?)section.Whole("channels", 1, 4),
            section.Word("fit", Fits, [], null),
            section.Find("normalise") is null || section.Flag("normalise", true) ? null : false,
            BindVoid(section, isTable, format),
            BindClassLevel(section, isTable, format));
    }

    // A number is the label that targets of this grey have; see TargetValue.
    private static string? BindVoid(Section section, bool isTable, DataFormat? format)
    {
        if (section.Find("void") is not { } entry)
        {
            return null;
        }

        if (isTable || format is not (null or DataFormat.Segmentation))
        {
            section.Error(SpecCodes.Data, entry.Key.At, "void", "void is the value of a target's pixels without a class, which masks "
                + "alone have", "remove it");
        }

        if (Section.TryWhole(entry.Value, out var number) && number is >= 0 and <= ushort.MaxValue)
        {
            return number > byte.MaxValue ? number.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture,
                $"#{number:x2}{number:x2}{number:x2}");
        }

        if (entry.Value is ScalarNode { Text: var text } && (text == "none" || ColourPattern().IsMatch(text)))
        {
            return text == "none" ? text : string.Create(
                CultureInfo.InvariantCulture,
                $"#{int.Parse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture):x6}");
        }

        section.Error(
            SpecCodes.Data, entry.Value.At, "void", $"void {Section.Describe(entry.Value)}, but must be a colour, a number of grey from "
                + "0 to 65535, or none", "for example void: '#e0e0c0' (in quotes), void: 255, or void: none");
        return null;
    }

    private static int? BindClassLevel(Section section, bool isTable, DataFormat? format)
    {
        if (section.Find("classLevel") is { } entry && (isTable || format is not (null or DataFormat.Images)))
        {
            section.Error(SpecCodes.Data, entry.Key.At, "classLevel", "classLevel says how deep folders of classes lie, which images "
                + "alone have", "remove it");
        }

        return (int?)section.Whole("classLevel", 1, 16);
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}$", RegexOptions.CultureInvariant)]
    private static partial Regex ColourPattern();
}
