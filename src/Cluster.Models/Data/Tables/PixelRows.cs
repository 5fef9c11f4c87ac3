using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Storage;

namespace SearchCluster.Models.Data.Tables;

/// <summary>Takes the columns of a table as the pixels of an image, row by row of the image.</summary>
internal static class PixelRows
{
    /// <summary>Turns rows into images; the largest number of the table becomes white.</summary>
    /// <exception cref="DataException">SC3104: the table has another number of columns than the image has
    /// pixels, or numbers below 0.</exception>
    public static ImageSamples ToImages(TableRows rows, ImageSpec spec)
    {
        var size = new ImageSize(spec.Channels ?? 1, spec.Height!.Value, spec.Width!.Value);
        if (size.Bytes != rows.Columns.Length)
        {
            throw new DataException(
                DataCodes.ImageSizes,
                $"{rows.Name} has {rows.Columns.Length} feature columns, but data.images asks for {size.Channels} × {size.Height} × {size.Width} = {size.Bytes} pixels; correct width, height or channels.");
        }

        if (Array.Find(rows.Columns, column => column.Categories is not null) is { } texts)
        {
            throw new DataException(
                DataCodes.ImageSizes,
                $"{rows.Name}: column '{DisplayText.Shorten(texts.Name)}' holds texts, but pixels are numbers; remove data.images.");
        }

        var (smallest, largest) = (rows.Features.Min(), (float)rows.Features.Max());
        if (smallest < 0)
        {
            throw new DataException(
                DataCodes.ImageSizes,
                FormattableString.Invariant($"{rows.Name} holds {smallest}, but pixels are at least 0; remove data.images."));
        }

        var scale = largest > 0 ? 255 / largest : 0;
        return new(
            rows.Name,
            PixelBuffer.Of([.. rows.Features.Select(value => (byte)Math.Round((float)value * scale))]),
            size,
            new ImageAnswer.OneClass(rows.Answer.Classes, rows.Answer.ClassLabels),
            spec.Normalise ?? true,
            rows.Given)
        {
            Numbers = rows.Numbers,
            FileRows = rows.FileRows,
            Columns = rows.Columns.Select(column => column.Name).ToValueArray(),
            ColumnScale = scale,
            ClassColumn = rows.Answer.Column,
            Together = rows.Groups,
            Reading = rows.Reading,
            TableWarnings = rows.Warnings,
        };
    }
}
