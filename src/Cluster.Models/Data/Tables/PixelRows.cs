using System.Globalization;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Storage;

namespace SearchCluster.Models.Data.Tables;

/// <summary>Takes the columns of a table as the pixels of an image, row by row of the image.</summary>
internal static class PixelRows
{
    /// <summary>Turns rows into images, whose numbers the training part scales (<see cref="Preprocessing.PixelNumbers"/>).</summary>
    /// <exception cref="DataException">SC3104: the table has another number of columns than the image has
    /// pixels, numbers below 0, or empty fields.</exception>
    public static ImageSamples ToImages(TableRows rows, ImageSpec spec)
    {
        var size = new ImageSize(spec.Channels ?? 1, spec.Height!.Value, spec.Width!.Value);
        if (size.Bytes != rows.Columns.Length)
        {
            throw new DataException(
                DataCodes.ImageSizes,
                $"{rows.Name} has {rows.Columns.Length} feature columns, but data.images "
                    + $"asks for {size.Channels} × {size.Height} × {size.Width} = {size.Bytes} pixels; correct width, height or channels.");
        }

        if (Array.Find(rows.Columns, column => column.Categories is not null) is { } texts)
        {
            throw new DataException(
                DataCodes.ImageSizes,
                $"{rows.Name}: column '{DisplayText.Shorten(texts.Name)}' holds texts, but pixels are numbers; remove data.images.");
        }

        var names = rows.Columns.Select(column => column.Name).ToValueArray();
        if (Array.FindIndex(rows.Features, value => !(value >= 0)) is >= 0 and var wrong)
        {
            var place = PlaceOf(rows, wrong / names.Count, names[wrong % names.Count]);
            throw new DataException(
                DataCodes.ImageSizes,
                double.IsNaN(rows.Features[wrong])
                    ? $"{place}: the field is empty, but data.missing does not fill pixels; leave such rows out with data.missing: drop."
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"{place} holds {rows.Features[wrong]}, but pixels are at least 0; remove data.images."));
        }

        return new(
            rows.Name,
            PixelBuffer.Of([]),
            size,
            new ImageAnswer.OneClass(rows.Answer.Classes, rows.Answer.ClassLabels),
            spec.Normalise ?? true,
            rows.Given)
        {
            Numbers = rows.Numbers,
            FileRows = rows.FileRows,
            Columns = names,
            Unscaled = new(rows.Name, rows.Features, names.Count, (row, pixel) => PlaceOf(rows, row, names[pixel])),
            ClassColumn = rows.Answer.Column,
            Together = rows.Groups,
            Reading = rows.Reading,
            TableWarnings = rows.Warnings,
        };
    }

    private static string PlaceOf(TableRows rows, int row, string column) =>
        $"{rows.At(row, column)} (column '{DisplayText.Shorten(column)}')";
}
