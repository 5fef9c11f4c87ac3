using SearchCluster.Artifacts;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables.Csv;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.ModelFiles;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles.Members;

/// <summary>Turns what a model is asked about into rows as a data part stores them.</summary>
internal static class MemberInputs
{
    /// <summary>Reads the input.</summary>
    /// <returns>Shape [rows, …], on the host, in the caller's dispose scope.</returns>
    /// <exception cref="ArtifactException">SC4120: the model expects other inputs.</exception>
    public static Tensor Of(ModelFile file, PredictorInput input) => input switch
    {
        PredictorInput.Rows(var rows) => OfRows(file, rows),
        PredictorInput.Table(var table) => OfRows(file, Read(file, table)),
        PredictorInput.Images(var images) => OfImages(file, images),
        PredictorInput.Texts(var texts) => (file.Preprocessing as TextPreprocessing ?? throw Unexpected(file, "a text")).Encode(texts),
        _ => throw new InvalidOperationException($"Inputs of kind {input.GetType().Name} are unknown."),
    };

    private static double[,] Read(ModelFile file, CsvTable table) => file.Preprocessing switch
    {
        TablePreprocessing columns => table.Select(columns),
        SeriesPreprocessing series => table.Select(series.Columns, series.Reading),
        _ => table.Select(file.Shape.Columns, file.Preprocessing.Reading),
    };

    private static Tensor OfRows(ModelFile file, double[,] rows)
    {
        if (file.Preprocessing is SeriesPreprocessing series)
        {
            return series.Windows(rows);
        }

        if (file.Shape.Columns.Count == 0)
        {
            throw Unexpected(file, "rows of a table");
        }

        var (count, columns) = (rows.GetLength(0), rows.GetLength(1));
        if (columns != file.Shape.Columns.Count)
        {
            throw new ArtifactException(
                ModelCodes.OtherData, $"The rows have {columns} columns, but the model expects {file.Shape.Columns.Count}.");
        }

        if (file.Preprocessing is ImagePreprocessing image)
        {
            var pixels = new byte[count * columns];
            for (var i = 0; i < pixels.Length; i++)
            {
                pixels[i] = image.ToPixel(rows[i / columns, i % columns]);
            }

            return tensor(pixels, [count, image.Channels, image.Height, image.Width], ScalarType.Byte);
        }

        var table = (TablePreprocessing)file.Preprocessing;
        var raw = new double[count * columns];
        Buffer.BlockCopy(rows, 0, raw, 0, raw.Length * sizeof(double));
        return tensor(table.Apply(raw), [count, table.Width]);
    }

    private static Tensor OfImages(ModelFile file, ImageRows images)
    {
        var size = images.Size;
        return file.Preprocessing is ImagePreprocessing expected
            && (expected.Channels, expected.Height, expected.Width) == (size.Channels, size.Height, size.Width)
            ? tensor(images.Pixels, [images.Count, size.Channels, size.Height, size.Width], ScalarType.Byte)
            : throw Unexpected(file, $"images of {size.Channels} × {size.Height} × {size.Width}");
    }

    private static ArtifactException Unexpected(ModelFile file, string given) =>
        new(ModelCodes.OtherData, $"The model expects inputs of shape {string.Join(" × ", file.Shape.Input)}, not {given}.");
}
