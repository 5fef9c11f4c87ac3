using System.Globalization;
using SearchCluster.Contracts.Workloads.Options.Groups;
using SearchCluster.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Cnn;

/// <summary>Blocks of convolutions with pooling between them, then dense layers.</summary>
internal sealed class CnnNetwork : nn.Module<Tensor, Tensor>
{
    private readonly List<nn.Module<Tensor, Tensor>[]> _blocks = [];
    private readonly DropoutLayer _spatialDropout, _dropout;
    private readonly DenseLayer[] _dense;
    private readonly bool _poolsByMaximum, _poolsGlobally;

    public CnnNetwork(ConvolutionOptions options, NetworkContext context)
        : base(nameof(CnnNetwork))
    {
        var shape = context.Shape;
        context.RequireImages("cnn");
        var weights = new InitialWeights(context);
        var activation = Activations.Read(context.Hyperparameters);
        _poolsByMaximum = options.Pooling == PoolingKind.Max;
        _poolsGlobally = options.GlobalPooling;
        var (channels, height, width) = (shape.Input[0], shape.Input[1], shape.Input[2]);
        var blocks = new ModuleList<nn.Module<Tensor, Tensor>>();
        for (var block = 0; block < options.Blocks; block++)
        {
            var outputs = (long)Math.Round(options.Channels * Math.Pow(options.ChannelGrowth, block));
            _blocks.Add(CreateBlock(options, ref channels, outputs, activation, weights));
            foreach (var unit in _blocks[^1])
            {
                blocks.Add(unit);
            }

            (height, width) = (Pooled(height), Pooled(width));
        }

        var inputs = _poolsGlobally ? channels : channels * height * width;
        long[] sizes = [inputs, .. Enumerable.Repeat((long)options.DenseSize, options.DenseLayers), shape.Outputs];
        _dense = new DenseLayer[sizes.Length - 1];
        for (var layer = 0; layer < _dense.Length; layer++)
        {
            _dense[layer] = new(sizes[layer], sizes[layer + 1], layer < _dense.Length - 1 ? activation : null, weights);
        }

        _spatialDropout = new(options.SpatialDropout, context.Noise, isSpatial: true);
        _dropout = new(options.Layers.Dropouts.Dropout, context.Noise);
        register_module("features", blocks);
        register_module("classifier", new ModuleList<DenseLayer>(_dense));
        register_module("spatial_dropout", _spatialDropout);
        register_module("dropout", _dropout);
    }

    public override Tensor forward(Tensor input)
    {
        foreach (var block in _blocks)
        {
            foreach (var unit in block)
            {
                input = unit.forward(input);
            }

            input = _spatialDropout.forward(Pool(input));
        }

        input = _poolsGlobally ? input.mean([2, 3]) : input.flatten(1);
        for (var layer = 0; layer < _dense.Length; layer++)
        {
            input = _dense[layer].forward(layer > 0 ? _dropout.forward(input) : input);
        }

        return input;
    }

    // An image of one pixel stays as it is.
    private static long Pooled(long size) => size > 1 ? size / 2 : 1;

    private static nn.Module<Tensor, Tensor>[] CreateBlock(
        ConvolutionOptions options, ref long channels, long outputs, Activation activation, InitialWeights weights)
    {
        var units = new List<nn.Module<Tensor, Tensor>>();
        var (hasBatchNorm, kernel) = (options.BatchNorm, int.Parse(options.Kernel, CultureInfo.InvariantCulture));
        for (var i = 0; i < options.Convolutions; i++)
        {
            switch (options.Block)
            {
                case ConvolutionBlock.Inception:
                    var inception = new InceptionUnit(channels, outputs, activation, weights, hasBatchNorm);
                    units.Add(inception);
                    channels = inception.Outputs;
                    continue;
                case ConvolutionBlock.Bottleneck:
                    var reduced = Math.Max(1, outputs / 2);
                    units.Add(new ConvolutionUnit(channels, reduced, 1, activation, weights, hasBatchNorm));
                    units.Add(new ConvolutionUnit(reduced, outputs, kernel, activation, weights, hasBatchNorm));
                    break;
                default:
                    units.Add(new ConvolutionUnit(channels, outputs, kernel, activation, weights, hasBatchNorm));
                    break;
            }

            channels = outputs;
        }

        return [.. units];
    }

    private Tensor Pool(Tensor input)
    {
        long[] size = [input.size(2) > 1 ? 2 : 1, input.size(3) > 1 ? 2 : 1];
        return _poolsByMaximum ? nn.functional.max_pool2d(input, size) : nn.functional.avg_pool2d(input, size);
    }
}
