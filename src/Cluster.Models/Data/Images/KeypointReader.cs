using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Storage;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Columns;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Images;

/// <summary>Reads tables of coordinates whose column <c>Image</c> holds the grey pixels of a square image, separated by blanks.</summary>
/// <remarks>One table, or a folder or archive with <c>training.csv</c> and <c>val.csv</c> (and <c>test.csv</c>), which are the parts.
/// <c>data.missing: drop</c> leaves out rows without all coordinates.</remarks>
internal static class KeypointReader
{
    public const string ImageColumn = "Image";

    /// <summary>Reads them.</summary>
    /// <exception cref="DataException">SC3007: no column Image; SC3104: pixels that make no square or differ;
    /// SC3004: no number.</exception>
    public static ImageSamples Read(DataRequest request)
    {
        if (request.Spec.Images is { Fit: not null } or { Width: not null } or { Channels: not (null or 1) })
        {
            throw new DataException(
                DataCodes.ImageSizes,
                "Images of keypoints are grey and stay as large as they are, because the coordinates count their pixels; remove width, "
                    + "height, fit and channels from data.images.");
        }

        var files = request.Files;
        var tables = (request.IsForModel ? TableFiles.ToAnswer(files) : TableFiles.ToTrain(files)) ?? throw TableFiles.Refuse(files);
        using var rows = new Rows(request);
        rows.Note(tables.NoteOthers(files));
        foreach (var (path, part) in tables.Tables)
        {
            rows.Add(files.TitleOf(path), files.Read(path, CsvBytes.MaximumFileBytes), part);
        }

        return rows.ToSamples(tables.HaveParts);
    }

    private sealed class Rows(DataRequest request) : IDisposable
    {
        private readonly DataSpec _spec = request.Spec;
        private readonly PixelWriter _pixels = new(request.Spec.Storage ?? DataStorage.Memory);
        private readonly List<byte> _image = [];
        private readonly List<double> _targets = [];
        private readonly List<int> _parts = [];
        private readonly List<RowPlace> _places = [];
        private readonly List<int> _numbers = [];
        private int _fileRows;
        private readonly List<string> _notes = [];
        private TableReading? _reading;
        private string _name = "";
        private ValueArray<string>? _columns;
        private int _size;

        public void Note(string? note) => _notes.AddRange(note is null ? [] : [note]);

        public void Add(string name, byte[] content, int part)
        {
            _name = _name.Length == 0 ? name : _name;
            using var stream = new MemoryStream(content, writable: false);
            var table = CsvTable.Read(stream, name, request.Learned is { } learned ? CsvOptions.Of(learned) : CsvOptions.Of(_spec.Table));
            var image = table.Columns.IndexOf(ImageColumn);
            if (image < 0)
            {
                throw new DataException(DataCodes.Columns, $"{name} has no column {ImageColumn} with the pixels.");
            }

            var missing = new MissingFields(table, _spec.Table ?? new());
            if (TargetsOf(table, image, part) is not { } used)
            {
                return;
            }

            _reading ??= table.ReadingFor(used, ColumnKinds.None, _spec.Table);
            var kept = KeptOf(table, used, missing);
            _notes.AddRange(missing.Warnings);
            var chosen = request.Limit is not { } limit
                ? kept
                : [.. limit.Choose(kept.Length, classOf: null, part).Select(place => kept[place])];
            foreach (var row in chosen)
            {
                _targets.AddRange(used.Select(column => NumberOf(table, row, column, missing)));
                AddImage(table, row, image);
                _parts.Add(part);
                _places.Add(table.PlaceOf(row));
                _numbers.Add(_fileRows + row);
            }

            _fileRows += table.Rows;
        }

        // Null for a table of a part that has no answers, which contests give as their test part.
        private int[]? TargetsOf(CsvTable table, int image, int part)
        {
            if (request.Purpose == ReadingPurpose.Predicting)
            {
                _columns = [];
                return [];
            }

            var columns = request.Targets is { } targets
                ? targets.Where(table.Columns.Contains).ToValueArray()
                : table.Columns.Where((_, column) => column != image).ToValueArray();
            var isWithout = request.Targets is not null
                ? columns.Count == 0
                : part > 0 && _columns is { Count: > 0 } && !columns.Any(_columns.Contains);
            if (isWithout && (part > 0 || request.Files.Paths.Count() > 1))
            {
                _notes.Add($"{table.Name}: {table.Rows} {(table.Rows == 1 ? "row" : "rows")} without coordinates left out.");
                return null;
            }

            if (_columns is { Count: > 0 } && !columns.Equals(_columns))
            {
                throw new DataException(DataCodes.Columns, $"{table.Name} has other columns than {_name}.");
            }

            _columns = columns;
            return [.. columns.Select(table.Columns.IndexOf)];
        }

        private int[] KeptOf(CsvTable table, int[] used, MissingFields missing)
        {
            if (request.Purpose != ReadingPurpose.Evaluating)
            {
                return request.Purpose == ReadingPurpose.Training ? missing.Keep(used, table.Rows) : [.. Enumerable.Range(0, table.Rows)];
            }

            int[] answered = [.. Enumerable.Range(0, table.Rows).Where(row => !used.Any(column => missing.IsMissing(row, column)))];
            if (answered.Length < table.Rows)
            {
                _notes.Add($"{table.PlaceOf(Enumerable.Range(0, table.Rows).Except(answered).First())}: {table.Rows - answered.Length} of "
                    + $"{table.Rows} row(s) lack coordinates that the model answers, the first one here, and are left out.");
            }

            return answered;
        }

        private double NumberOf(CsvTable table, int row, int column, MissingFields missing) =>
            !missing.IsMissing(row, column) ? table.Number(row, column)
                : request.Purpose == ReadingPurpose.Describing ? double.NaN
                : throw missing.Refuse(row, column, "a number, because it is the answer");

        public ImageSamples ToSamples(bool hasParts)
        {
            if (_parts.Count == 0)
            {
                throw new DataException(
                    DataCodes.NoRows,
                    $"{request.Files.Name} has no row with keypoints left.{(_notes.Count > 0 ? " " + string.Join(' ', _notes) : "")}");
            }

            int[] Part(int part) => [.. Enumerable.Range(0, _parts.Count).Where(row => _parts[row] == part)];
            var given = hasParts ? new GivenParts(Part(0), Part(1), Part(2)) : null;
            return new(
                _name,
                _pixels.ToBuffer(),
                new(1, _size, _size),
                new ImageAnswer.Numbers([.. _targets], _columns!),
                _spec.Images?.Normalise ?? true,
                given)
            {
                Reading = _reading,
                Places = [.. _places],
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
                    throw new DataException(
                        DataCodes.NotANumber, $"{table.At(row, column)}: pixel {_image.Count} is no whole number from 0 to 255.");
                }

                _image.Add(pixel);
                at += used;
            }

            var count = _image.Count;
            var side = (int)Math.Round(Math.Sqrt(count));
            if (side * side != count || count == 0 || (_size > 0 && side != _size))
            {
                throw new DataException(
                    DataCodes.ImageSizes,
                    $"{table.At(row, column)}: the image has {Counted.Of(count, "pixel")}, but "
                        + $"{(_size > 0 ? $"the first has {_size} × {_size}" : "images must be square")}.");
            }

            _size = side;
            _pixels.Write(CollectionsMarshal.AsSpan(_image), table.Name);
        }
    }
}
