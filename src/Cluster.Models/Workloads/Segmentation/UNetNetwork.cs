using SearchCluster.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Segmentation;

/// <summary>Stages that halve the image and stages that double it, with a bridge between stages of the same size.</summary>
/// <remarks>
/// Source: Ronneberger, Fischer and Brox, "U-Net: Convolutional Networks for Biomedical Image Segmentation", MICCAI 2015. Differs: padded convolutions, so
/// the answer has the size of the image, and the nearest pixel repeated instead of transposed convolutions.
/// </remarks>
internal sealed class UNetNetwork : nn.Module<Tensor, Tensor>
{
    private readonly StageList _encoder, _decoder;
    private readonly DropoutLayer _dropout;
    private readonly ConvolutionLayer _head;

    public UNetNetwork(NetworkContext context)
        : base(nameof(UNetNetwork))
    {
        var (h, weights, activation) = (context.Hyperparameters, new InitialWeights(context), Activations.Read(context.Hyperparameters));
        var (depth, hasBatchNorm) = (h.Integer("depth"), h.Boolean("batchNorm"));
        long[] channels = [.. Enumerable.Range(0, depth + 1).Select(stage => (long)Math.Round(h.Integer("channels") * Math.Pow(h.Real("channelGrowth"), stage)))];
        var (down, up) = (new List<Stage>(), new List<Stage>());
        for (var stage = 0; stage <= depth; stage++)
        {
            down.Add(new(stage == 0 ? context.Shape.Input[0] : channels[stage - 1], channels[stage], activation, weights, hasBatchNorm));
        }

        for (var stage = depth - 1; stage >= 0; stage--)
        {
            up.Add(new(channels[stage + 1] + channels[stage], channels[stage], activation, weights, hasBatchNorm));
        }

        (_encoder, _decoder) = (new(down), new(up));
        _dropout = new(h.Real("spatialDropout"), context.Noise, isSpatial: true);
        _head = new(channels[0], context.Shape.Outputs, 1, null, weights);
        register_module("encoder", _encoder);
        register_module("decoder", _decoder);
        register_module("dropout", _dropout);
        register_module("head", _head);
        if (h.Boolean("freezeEncoder"))
        {
            _encoder.Freeze();
        }
    }

    public override Tensor forward(Tensor input)
    {
        var bridges = new List<Tensor>();
        var output = _encoder.Stages[0].forward(input);
        foreach (var stage in _encoder.Stages.Skip(1))
        {
            bridges.Add(output);
            output = stage.forward(nn.functional.max_pool2d(output, 2, ceil_mode: true));
        }

        output = _dropout.forward(output);
        foreach (var stage in _decoder.Stages)
        {
            var bridge = bridges[^1];
            bridges.RemoveAt(bridges.Count - 1);
            var doubled = nn.functional.interpolate(output, [bridge.size(2), bridge.size(3)], mode: InterpolationMode.Nearest);
            output = stage.forward(cat([bridge, doubled], 1));
        }

        return _head.forward(output);
    }

    /// <summary>Two convolutions.</summary>
    private sealed class Stage : nn.Module<Tensor, Tensor>
    {
        private readonly ConvolutionUnit _first, _second;

        public Stage(long inputs, long outputs, Activation activation, InitialWeights weights, bool hasBatchNorm)
            : base(nameof(Stage))
        {
            (_first, _second) = (new(inputs, outputs, 3, activation, weights, hasBatchNorm), new(outputs, outputs, 3, activation, weights, hasBatchNorm));
            register_module("first", _first);
            register_module("second", _second);
        }

        public override Tensor forward(Tensor input) => _second.forward(_first.forward(input));
    }

    private sealed class StageList : nn.Module
    {
        private bool _isFrozen;

        public StageList(List<Stage> stages)
            : base(nameof(StageList))
        {
            Stages = stages;
            register_module("stages", new ModuleList<Stage>([.. stages]));
        }

        public List<Stage> Stages { get; }

        public void Freeze()
        {
            _isFrozen = true;
            Array.ForEach(parameters().ToArray(), parameter => parameter.requires_grad = false);
        }

        // The means of a frozen normalisation are part of what it learned.
        public override void train(bool on = true) => base.train(on && !_isFrozen);
    }
}
