namespace SearchCluster.Models.Data.Images.Formats;

/// <summary>Which corner of a picture comes first in its file, and whether rows are columns, as EXIF and TIFF number it from 1.</summary>
internal static class StoredOrder
{
    /// <summary>Finds where a pixel lies in the file.</summary>
    /// <param name="origin">From 1 to 8.</param>
    /// <param name="width">Pixels as they lie in the file.</param>
    /// <param name="height">Pixels as they lie in the file.</param>
    /// <param name="x">Column of the picture.</param>
    /// <param name="y">Row of the picture.</param>
    public static (int X, int Y) Source(int origin, int width, int height, int x, int y) => origin switch
    {
        2 => (width - 1 - x, y),
        3 => (width - 1 - x, height - 1 - y),
        4 => (x, height - 1 - y),
        5 => (y, x),
        6 => (y, height - 1 - x),
        7 => (width - 1 - y, height - 1 - x),
        8 => (width - 1 - y, x),
        _ => (x, y),
    };
}
