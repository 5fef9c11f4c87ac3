using System.Globalization;
using SearchCluster.Cli.Json.Models;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Images;

namespace SearchCluster.Cli.Predictions;

/// <summary>What tells rows of an answer apart where their order does not: names of images, or files and lines of tables.</summary>
/// <param name="Images">Path of each image; null where rows are no images of their own.</param>
/// <param name="Places">File and line of each row; null where the rows are those of one file in their order.</param>
internal sealed record RowNames(ValueArray<string>? Images, ValueArray<RowPlace>? Places)
{
    /// <summary>Of images: files have their names, rows of several tables their places.</summary>
    public static RowNames Of(ImageRows images) => new(
        images.AreFiles ? images.Names : null,
        images.Places is { } places && places.DistinctBy(place => place.File).Count() > 1 ? places : null);

    /// <summary>Names of the columns that are added.</summary>
    public IReadOnlyList<string> Header =>
        [.. Images is null ? [] : (string[])["image"], .. Places is null ? [] : (string[])["file", "line"]];

    /// <summary>The same as JSON; null without places.</summary>
    public IReadOnlyList<PlaceJson>? Json => Places is null ? null : [.. Places.Select(place => new PlaceJson(place.File, place.Line))];

    /// <summary>What a row has in them.</summary>
    public IReadOnlyList<string> Of(int row) =>
    [
        .. Images is null ? [] : (string[])[Images[row]],
        .. Places is null ? [] : (string[])[Places[row].File, Places[row].Line.ToString(CultureInfo.InvariantCulture)],
    ];
}
