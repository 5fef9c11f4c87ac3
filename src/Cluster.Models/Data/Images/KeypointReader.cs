using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Splits;
using SearchCluster.Models.Data.Storage;
using SearchCluster.Models.Data.Tables.Columns;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Images;

/// <summary>Reads tables of coordinates whose column <c>Image</c> holds the grey pixels of a square image, separated by blanks.</summary>
/// <remarks>One table, or a folder or archive with <c>training.csv</c> and <c>val.csv</c> (and <c>test.csv</c>), which are the parts. <c>data.missing: drop</c> leaves out rows without all coordinates.</remarks>
internal static class KeypointReader
{
    public const string ImageColumn = "Image";
    private static readonly string[][] PartNames = [["training.csv", "train.csv"], ["val.csv", "validation.csv"], ["test.csv"]];

    /// <summary>Reads them.</summary>
    /// <exception cref="DataException">SC3007: no column Image; SC3104: pixels that make no square or differ; SC3004: no number.</exception>
    public static ImageSamples Read(DataSpec spec, RowLimit? limit)
    {
        if (spec.Images is { Fit: not null } or { Width: not null } or { Channels: not (null or 1) })
        {
            throw new DataException(DataCodes.ImageSizes, "Images of keypoints are grey and stay as large as they are, because the coordinates count their pixels; remove width, height, fit and channels from data.images.");
        }

        if (File.Exists(spec.Source) && spec.Source.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            using var alone = new Rows(spec, limit);
            return alone.Add(Path.GetFileName(spec.Source), DataFiles.Read(spec.Source, CsvBytes.MaximumFileBytes), part: 0).ToSamples(hasParts: false);
        }

        var files = FileTree.Open(spec.Source);
        using var rows = new Rows(spec, limit);
        for (var part = 0; part < PartNames.Length; part++)
        {
            if (files.Paths.FirstOrDefault(path => PartNames[part].Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase)) is { } path)
            {
                rows.Add(path, files.Read(path), part);
            }
        }

        return rows.ToSamples(hasParts: true);
    }

    private sealed class Rows(DataSpec spec, RowLimit? limit) : IDisposable
    {
        private readonly PixelWriter _pixels = new(spec.Storage ?? DataStorage.Memory);
        private readonly List<byte> _image = [];
        private readonly List<double> _targets = [];
        private readonly List<int> _parts = [];
        private readonly List<int> _numbers = [];
        private int _fileRows;
        private readonly List<string> _notes = [];
        private string _name = "";
        private ValueArray<string> _columns = [];
        private int _size;

        public Rows Add(string name, byte[] content, int part)
        {
            _name = _name.Length == 0 ? name : _name;
            using var stream = new MemoryStream(content, writable: false);
            var table = CsvTable.Read(stream, name, CsvOptions.Of(spec.Table));
            var image = table.Columns.IndexOf(ImageColumn);
            if (image < 0)
            {
                throw new DataException(DataCodes.Columns, $"{name} has no column {ImageColumn} with the pixels.");
            }

            // The table of a contest has no answers in its test part.
            var columns = table.Columns.Where((_, column) => column != image).ToValueArray();
            if (part > 0 && _columns.Count > 0 && !columns.Any(_columns.Contains))
            {
                _notes.Add($"{name}: {table.Rows} {(table.Rows == 1 ? "row" : "rows")} without coordinates left out.");
                return this;
            }

            if (_columns.Count > 0 && !columns.Equals(_columns))
            {
                throw new DataException(DataCodes.Columns, $"{name} has other columns than {_name}.");
            }

            _columns = columns;
            var missing = new MissingFields(table, spec.Table ?? new());
            var used = Enumerable.Range(0, table.Columns.Count).Where(column => column != image).ToArray();
            var kept = missing.Keep(used, table.Rows);
            _notes.AddRange(missing.Warnings);
            foreach (var row in limit is null ? kept : limit.Choose(kept.Length, classOf: null, part).Select(place => kept[place]))
            {
                _targets.AddRange(used.Select(column => missing.IsMissing(row, column) ? throw missing.Refuse(row, column, "a number, because it is the answer") : table.Number(row, column)));
                AddImage(table, row, image);
                _parts.Add(part);
                _numbers.Add(_fileRows + row);
            }

            _fileRows += table.Rows;
            return this;
        }

        public ImageSamples ToSamples(bool hasParts)
        {
            if (_parts.Count == 0)
            {
                throw new DataException(DataCodes.NotTheLayout, $"{DisplayText.Shorten(spec.Source)} holds no table training.csv with keypoints.");
            }

            int[] Part(int part) => [.. Enumerable.Range(0, _parts.Count).Where(row => _parts[row] == part)];
            var given = hasParts ? new GivenParts(Part(0), Part(1), Part(2)) : null;
            return new(_name, _pixels.ToBuffer(), new(1, _size, _size), new ImageAnswer.Numbers([.. _targets], _columns),
                spec.Images?.Normalise ?? true, given)
            {
                Notes = [.. _notes],
                Numbers = _numbers.Count < _fileRows ? [.. _numbers] : null,
                FileRows = _fileRows,
            };
        }

        public void Dispose() => _pixels.Dispose();

        private void AddImage(CsvTable table, int row, int column)
        {
            var text = Encoding.ASCII.GetBytes(table.Text(row, column));
            _image.Clear();
            var at = 0;
            while (at < text.Length)
            {
                if (text[at] is (byte)' ' or (byte)'\t')
                {
                    at++;
                    continue;
                }

                if (!Utf8Parser.TryParse(text.AsSpan(at), out byte pixel, out var used))
                {
                    throw new DataException(DataCodes.NotANumber, $"{table.At(row, column)}: pixel {_image.Count} is no whole number from 0 to 255.");
                }

                _image.Add(pixel);
                at += used;
            }

            var count = _image.Count;
            var side = (int)Math.Round(Math.Sqrt(count));
            if (side * side != count || count == 0 || (_size > 0 && side != _size))
            {
                throw new DataException(DataCodes.ImageSizes, $"{table.At(row, column)}: the image has {count} pixels, but {(_size > 0 ? $"the first has {_size} × {_size}" : "images must be square")}.");
            }

            _size = side;
            _pixels.Write(CollectionsMarshal.AsSpan(_image), table.Name);
        }
    }
}
